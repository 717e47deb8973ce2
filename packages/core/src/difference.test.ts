import { describe, expect, it } from 'vitest'
import { applyAndTell, organizationsIn } from './difference.ts'
import { FactSet } from './fact-set.ts'
import { organizationSnapshot } from './snapshot.ts'
import { createParty } from './testing/party.ts'
import { refusalOf } from './testing/refusal.ts'
import { createScene } from './testing/scene.ts'
import { toldIn } from './testing/told.ts'

describe('applyAndTell', () => {
  it('V2: tells exactly those whose snapshot differs, and what the difference is', () => {
    const { world, owner, receiver, share } = createScene()
    const bystander = createParty(world, 'Zephyr')
    owner.cooperate(bystander)
    const facts = new FactSet(world.facts.all())
    const lowered = { ...share, role: 'viewer' } as const
    const told = applyAndTell(facts, {
      cause: { type: 'share.roleChanged', by: owner.id, shares: [share.id] },
      facts: [{ put: lowered }],
    })
    expect(toldIn(told)).toEqual([owner.id, receiver.id])
    for (const one of told) {
      expect(one.facts).toEqual([{ put: lowered }])
      expect(one.before).toEqual([share])
    }
    expect(facts.shares.get(share.id)).toBe(lowered)
  })

  it('V2: keeps what was dropped as it last stood', () => {
    const { receiver, share, technician, delegation } = createScene()
    const { told } = receiver.run('delegation.revoke', { share: share.id, member: technician.id })
    for (const { before } of told) expect(before).toContainEqual(delegation)
  })

  it('V2: names in a cause only what its reader knows', () => {
    const { world, owner, receiver, outsider, technician } = createScene()
    const third = createParty(world, 'Zephyr')
    const foreign = third.share(third.cooperate(receiver), third.park(), 'viewer')
    const facts = new FactSet(world.facts.all())
    const paused = [technician, outsider].flatMap(({ id }) => {
      const member = facts.members.get(id)
      return member ? { put: { ...member, pausedAt: world.now } } : []
    })
    const members = [technician.id, outsider.id]
    const cause = { type: 'membership.paused', by: receiver.id, members, shares: [foreign.id] } as const
    const told = applyAndTell(facts, { cause, facts: paused })
    expect(told).toHaveLength(2)
    const causeFor = (id: string) => told.find(({ organization }) => organization === id)?.cause
    expect(causeFor(receiver.id)).toEqual(cause)
    expect(causeFor(owner.id)).toEqual({ ...cause, members: [technician.id], shares: [] })
  })

  it('V3: counts versions without gaps, for those who were told alone', () => {
    const { world, owner, receiver } = createScene()
    const before = world.versionOf(receiver.id)
    owner.park('Private')
    expect(world.versionOf(receiver.id)).toBe(before)
    for (const { id } of [owner, receiver]) {
      const versions = world.changesOf(id).map(({ version }) => version)
      expect(versions).toEqual(versions.map((_, index) => index + 1))
    }
  })

  it('V3: uses no version for what is refused or changes nothing', () => {
    const { world, owner, share } = createScene()
    const before = world.versionOf(owner.id)
    refusalOf(() => owner.run('share.setRole', { share: share.id, role: 'operator' }))
    owner.run('share.setRole', { share: share.id, role: 'technical-manager' })
    expect(world.versionOf(owner.id)).toBe(before)
  })

  it('V2: makes a replica of its log alone equal to a snapshot', () => {
    const { world, owner, receiver, cooperation } = createScene()
    receiver.run('cooperation.leave', { cooperation: cooperation.id })
    for (const { id } of [owner, receiver]) {
      const replica = new FactSet()
      for (const { facts } of world.changesOf(id)) replica.apply(facts)
      expect(new Set(replica.all())).toEqual(organizationSnapshot(world.facts, id))
    }
  })
})

describe('organizationsIn', () => {
  it('finds every organization that a fact belongs to', () => {
    const { share, owner, receiver, delegation } = createScene()
    expect(organizationsIn(new FactSet([share]))).toEqual(new Set([owner.id, receiver.id]))
    expect(organizationsIn(new FactSet([delegation]))).toEqual(new Set([receiver.id]))
    expect(organizationsIn(new FactSet()).size).toBe(0)
  })
})
