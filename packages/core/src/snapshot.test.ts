import { describe, expect, it } from 'vitest'
import { decide } from './decide.ts'
import { FactSet } from './fact-set.ts'
import type { Fact } from './facts.ts'
import { isMembershipClosed } from './membership.ts'
import { memberSnapshot, organizationSnapshot } from './snapshot.ts'
import { unknownId } from './testing/ids.ts'
import { createParty } from './testing/party.ts'
import { createScene } from './testing/scene.ts'

describe('organizationSnapshot', () => {
  it('V1: holds the own facts, and of a given share who of the receiver reaches it', () => {
    const { world, owner, receiver, technician, outsider, operator } = createScene()
    const known = organizationSnapshot(world.facts, owner.id)
    expect(idsOf(known, 'organization')).toEqual([owner.id, receiver.id])
    expect(idsOf(known, 'member')).toEqual([owner.admin.id, receiver.admin.id, operator.id, technician.id])
    expect(idsOf(known, 'member')).not.toContain(outsider.id)
    expect(idsOf(known, 'assignment')).toHaveLength(1)
    expect(idsOf(known, 'portfolioEntry')).toHaveLength(1)
    expect(idsOf(known, 'delegation')).toHaveLength(1)
  })

  it('V1: holds of a received share its resource alone', () => {
    const { world, owner, receiver, park, operator } = createScene()
    owner.park('Hidden')
    const known = organizationSnapshot(world.facts, receiver.id)
    expect(idsOf(known, 'park')).toEqual([park.id])
    expect(idsOf(known, 'portfolio')).toEqual([])
    expect(idsOf(known, 'portfolioEntry')).toEqual([])
    expect(idsOf(known, 'assignment')).toEqual([])
    expect(idsOf(known, 'member')).not.toContain(operator.id)
    expect(idsOf(known, 'member')).not.toContain(owner.admin.id)
  })

  it('V1: holds of a received portfolio its entries with their parks', () => {
    const { world, owner, receiver, cooperation, park, portfolio } = createScene()
    const second = owner.park('Second')
    owner.run('portfolio.addPark', { portfolio: portfolio.id, park: second.id })
    owner.share(cooperation, portfolio, 'viewer')
    const known = organizationSnapshot(world.facts, receiver.id)
    expect(idsOf(known, 'portfolio')).toEqual([portfolio.id])
    expect(idsOf(known, 'park')).toEqual([park.id, second.id])
    expect(idsOf(known, 'portfolioEntry')).toHaveLength(2)
  })

  it('V1: holds of a pending cooperation both names, and no member of the other side', () => {
    const { world, owner } = createScene()
    const invited = createParty(world, 'Zephyr')
    owner.invite(invited)
    const known = organizationSnapshot(world.facts, invited.id)
    expect(idsOf(known, 'organization')).toEqual([owner.id, invited.id])
    expect(idsOf(known, 'member')).toEqual([invited.admin.id])
    expect(idsOf(known, 'share')).toEqual([])
  })

  it('V1: holds nothing of what two partners share with each other', () => {
    const { world, owner, receiver, share } = createScene()
    const third = createParty(world, 'Zephyr')
    owner.cooperate(third)
    receiver.cooperate(third)
    expect(idsOf(organizationSnapshot(world.facts, third.id), 'share')).not.toContain(share.id)
    expect(idsOf(organizationSnapshot(world.facts, third.id), 'park')).toEqual([])
  })

  it('V1: is empty for an organization that is not there', () => {
    const { world } = createScene()
    expect(organizationSnapshot(world.facts, unknownId).size).toBe(0)
  })
})

describe('memberSnapshot', () => {
  it('V1: holds what decides the access of a member below admin, and nothing else', () => {
    const { world, owner, receiver, technician, park, share, delegation, cooperation } = createScene()
    owner.share(cooperation, owner.park('Not delegated'), 'viewer')
    const known = memberSnapshot(world.facts, technician.id, world.now)
    const facts = [technician.id, receiver.id, owner.id, park.id, share.id, delegation.id, cooperation.id]
    expect([...known].map(({ id }) => id).toSorted()).toEqual(facts.toSorted())
  })

  it('V1: holds for an admin everything owned and received', () => {
    const { world, owner, receiver, cooperation } = createScene()
    receiver.share(cooperation, receiver.park('Back'), 'viewer')
    const known = memberSnapshot(world.facts, owner.admin.id, world.now)
    expect(idsOf(known, 'park')).toHaveLength(2)
    expect(idsOf(known, 'share')).toHaveLength(1)
    expect(idsOf(known, 'member')).toEqual([owner.admin.id])
  })

  it('V1: covers the parks of an assigned portfolio', () => {
    const { world, owner, portfolio, park } = createScene()
    const colleague = owner.join('Colleague')
    owner.assign(colleague, portfolio, 'viewer')
    const facts = new FactSet(memberSnapshot(world.facts, colleague.id, world.now))
    const question = { member: colleague.id, action: 'view', resource: park } as const
    expect(decide(facts, question, { now: world.now, version: 1 }).allowed).toBe(true)
  })

  it('A4: knows nothing of a share that was not delegated', () => {
    const { world, outsider, park } = createScene()
    const facts = new FactSet(memberSnapshot(world.facts, outsider.id, world.now))
    const question = { member: outsider.id, action: 'view', resource: park } as const
    expect(decide(facts, question, { now: world.now, version: 1 }).reason).toBe('no_path')
    expect(facts.shares.size).toBe(0)
  })

  it('O4: holds of a closed membership nothing but itself and its organization', () => {
    const { world, receiver, technician } = createScene()
    receiver.run('member.pause', { member: technician.id })
    const known = memberSnapshot(world.facts, technician.id, world.now)
    expect([...known].map(({ id }) => id).toSorted()).toEqual([receiver.id, technician.id].toSorted())
    expect(memberSnapshot(world.facts, unknownId, world.now).size).toBe(0)
  })
})

describe('isMembershipClosed', () => {
  it('O4: is true while paused, and from the instant of expiration on', () => {
    const { world, technician } = createScene()
    const member = world.facts.members.get(technician.id)
    if (member === undefined) throw new Error('no technician')
    expect(isMembershipClosed(member, world.now)).toBe(false)
    expect(isMembershipClosed({ ...member, pausedAt: world.now }, world.now)).toBe(true)
    expect(isMembershipClosed({ ...member, expiresAt: world.now }, world.now)).toBe(true)
  })
})

function idsOf(facts: Iterable<Fact>, type: Fact['type']): readonly string[] {
  return [...facts]
    .filter((fact) => fact.type === type)
    .map(({ id }) => id)
    .toSorted()
}
