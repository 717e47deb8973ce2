import { describe, expect, it } from 'vitest'
import { decide } from './decide.ts'
import { FactSet } from './fact-set.ts'
import type { FactRef } from './facts.ts'
import { createParty, refTo } from './testing/party.ts'
import { unknownId } from './testing/ids.ts'
import { createScene } from './testing/scene.ts'

describe('decide', () => {
  it('A1: opens a path through a share when every link of it is open', () => {
    const { actionsOf, technician, receiver, reasonOf } = createScene()
    expect(actionsOf(technician)).toEqual(['view', 'maintain'])
    expect(actionsOf(receiver.admin)).toEqual(['view', 'maintain'])
    expect(reasonOf(technician)).toBe('allowed')
  })

  it('A1: gives what ceiling and delegation have in common', () => {
    const { receiver, share, technician, actionsOf } = createScene()
    receiver.delegate(share, technician, 'viewer')
    expect(actionsOf(technician)).toEqual(['view'])
  })

  it('A2: unites what open paths give', () => {
    const { owner, receiver, cooperation, portfolio, technician, actionsOf, share } = createScene()
    receiver.delegate(share, technician, 'viewer')
    const wide = owner.share(cooperation, portfolio, 'technical-manager')
    receiver.delegate(wide, technician, 'technical-manager')
    expect(actionsOf(technician)).toEqual(['view', 'maintain'])
    owner.run('share.pause', { share: wide.id })
    expect(actionsOf(technician)).toEqual(['view'])
  })

  it('A3: answers an allowed question in full', () => {
    const { world, technician, park, receiver } = createScene()
    expect(world.decide({ member: technician.id, action: 'maintain', resource: park })).toEqual({
      allowed: true,
      actions: ['view', 'maintain'],
      role: 'technical-manager',
      reason: 'allowed',
      validUntil: null,
      version: world.versionOf(receiver.id),
    })
  })

  it('A3: names the first closed link, who closed it and when', () => {
    const { world, owner, technician, park, cooperation, share } = createScene()
    const question = { member: technician.id, action: 'view', resource: park } as const
    owner.run('share.pause', { share: share.id })
    const by = { organization: owner.id, name: 'Helios' }
    expect(world.decide(question)).toMatchObject({ reason: 'share_paused', by, since: world.now })
    world.advance({ hours: 1 })
    owner.run('cooperation.pause', { cooperation: cooperation.id })
    expect(world.decide(question)).toMatchObject({ reason: 'cooperation_paused', by, since: world.now })
  })

  it('A3: names the receiver for a delegation that has run out', () => {
    const { world, receiver, technician, park, share } = createScene()
    receiver.delegate(share, technician, 'viewer', '2026-03-02T10:00:00.000Z')
    world.advance({ hours: 1 })
    expect(world.decide({ member: technician.id, action: 'view', resource: park })).toMatchObject({
      allowed: false,
      reason: 'delegation_expired',
      by: { organization: receiver.id, name: 'Borealis' },
      since: '2026-03-02T10:00:00.000Z',
    })
  })

  it('A3: says that a role is too low once everything else is open', () => {
    const { world, technician, park } = createScene()
    const decision = world.decide({ member: technician.id, action: 'operate', resource: park })
    expect(decision).toMatchObject({ allowed: false, reason: 'role_too_low', role: 'technical-manager' })
    expect(decision).not.toHaveProperty('by')
    expect(decision.validUntil).toBeNull()
  })

  it('A3: explains by the path with the largest role', () => {
    const { owner, receiver, cooperation, portfolio, share, technician, reasonOf } = createScene()
    const wide = owner.share(cooperation, portfolio, 'viewer')
    receiver.delegate(wide, technician, 'viewer')
    owner.run('share.pause', { share: share.id })
    expect(reasonOf(technician, 'view')).toBe('allowed')
    expect(reasonOf(technician, 'maintain')).toBe('share_paused')
  })

  it('A3: explains by the path with the fewest closed links', () => {
    const { world, owner, receiver, cooperation, portfolio, share, technician, reasonOf } = createScene()
    const soon = '2026-03-02T10:00:00.000Z'
    receiver.delegate(share, technician, 'technical-manager', soon)
    owner.run('share.pause', { share: share.id })
    const wide = owner.share(cooperation, portfolio, 'technical-manager', soon)
    receiver.delegate(wide, technician, 'technical-manager')
    world.advance({ hours: 1 })
    expect(reasonOf(technician)).toBe('share_expired')
  })

  it('A3: explains by the lowest share id among equals', () => {
    const { world, owner, receiver, cooperation, portfolio, share, technician, park } = createScene()
    const wide = owner.share(cooperation, portfolio, 'technical-manager')
    receiver.delegate(wide, technician, 'technical-manager')
    owner.run('share.pause', { share: wide.id })
    const first = world.now
    world.advance({ hours: 1 })
    owner.run('share.pause', { share: share.id })
    const question = { member: technician.id, action: 'view', resource: park } as const
    expect(share.id < wide.id).toBe(true)
    expect(world.decide(question).since).toBe(world.now)
    expect(world.decide(question).since).not.toBe(first)
  })

  it('A3: is valid until the latest of its paths ends, each by its earliest deadline', () => {
    const { world, owner, receiver, cooperation, portfolio, share, technician, park } = createScene()
    const question = { member: technician.id, action: 'view', resource: park } as const
    receiver.delegate(share, technician, 'viewer', '2026-03-05T00:00:00.000Z')
    owner.run('share.setExpiration', { share: share.id, expiresAt: '2026-03-04T00:00:00.000Z' })
    expect(world.decide(question).validUntil).toBe('2026-03-04T00:00:00.000Z')
    const wide = owner.share(cooperation, portfolio, 'viewer', '2026-03-06T00:00:00.000Z')
    receiver.delegate(wide, technician, 'viewer')
    expect(world.decide(question).validUntil).toBe('2026-03-06T00:00:00.000Z')
    owner.run('share.setExpiration', { share: wide.id, expiresAt: null })
    expect(world.decide(question).validUntil).toBeNull()
  })

  it('A3: counts only paths that grant the action towards how long it is valid', () => {
    const { world, owner, receiver, cooperation, portfolio, share, technician, park } = createScene()
    owner.run('share.setExpiration', { share: share.id, expiresAt: '2026-03-04T00:00:00.000Z' })
    receiver.delegate(owner.share(cooperation, portfolio, 'viewer'), technician, 'viewer')
    const decided = world.decide({ member: technician.id, action: 'maintain', resource: park })
    expect(decided.validUntil).toBe('2026-03-04T00:00:00.000Z')
  })

  it('S7: ends a path at the earliest deadline on it', () => {
    const { world, owner, receiver, cooperation, share, technician, park, reasonOf } = createScene()
    const on = (day: number) => `2026-03-0${day}T00:00:00.000Z`
    receiver.delegate(share, technician, 'viewer', on(6))
    owner.run('share.setExpiration', { share: share.id, expiresAt: on(5) })
    owner.run('cooperation.setExpiration', { cooperation: cooperation.id, expiresAt: on(4) })
    receiver.run('member.setExpiration', { member: technician.id, expiresAt: on(3) })
    const question = { member: technician.id, action: 'view', resource: park } as const
    expect(world.decide(question).validUntil).toBe(on(3))
    receiver.run('member.setExpiration', { member: technician.id, expiresAt: null })
    expect(world.decide(question).validUntil).toBe(on(4))
    world.now = on(4)
    expect(reasonOf(technician)).toBe('cooperation_expired')
  })

  it('C2: shows expired before paused', () => {
    const { world, owner, cooperation, technician, reasonOf } = createScene()
    const input = { cooperation: cooperation.id, expiresAt: '2026-03-02T10:00:00.000Z' }
    owner.run('cooperation.setExpiration', input)
    owner.run('cooperation.pause', { cooperation: cooperation.id })
    world.advance({ hours: 1 })
    expect(reasonOf(technician)).toBe('cooperation_expired')
  })

  it('O7: makes an admin operator on everything the organization owns, and nobody else', () => {
    const { owner, operator, park, portfolio, actionsOf, world } = createScene()
    const everything = ['view', 'maintain', 'operate']
    expect(actionsOf(owner.admin)).toEqual(everything)
    expect(actionsOf(owner.admin, portfolio)).toEqual(everything)
    expect(actionsOf(operator)).toEqual(everything)
    expect(actionsOf(operator, portfolio)).toEqual([])
    expect(actionsOf(owner.join('Newcomer'))).toEqual([])
    expect(actionsOf(createParty(world, 'Zephyr').admin, park)).toEqual([])
  })

  it('O7: lets a portfolio assignment cover the parks in it, live', () => {
    const { owner, portfolio, actionsOf } = createScene()
    const colleague = owner.join('Colleague')
    const later = owner.park('Later')
    owner.assign(colleague, portfolio, 'viewer')
    expect(actionsOf(colleague, later)).toEqual([])
    owner.run('portfolio.addPark', { portfolio: portfolio.id, park: later.id })
    expect(actionsOf(colleague, later)).toEqual(['view'])
    owner.run('portfolio.removePark', { portfolio: portfolio.id, park: later.id })
    expect(actionsOf(colleague, later)).toEqual([])
  })

  it('O4: answers a closed membership for every resource alike', () => {
    const { world, receiver, technician, reasonOf } = createScene()
    const nowhere = { type: 'park', id: unknownId } as const
    receiver.run('member.pause', { member: technician.id })
    expect(reasonOf(technician)).toBe('membership_paused')
    expect(reasonOf(technician, 'view', nowhere)).toBe('membership_paused')
    const by = { organization: receiver.id, name: 'Borealis' }
    const question = { member: technician.id, action: 'view', resource: nowhere } as const
    expect(world.decide(question)).toMatchObject({ by, since: world.now, actions: [] })
  })

  it('D1: gives a receiving admin the ceiling without a delegation, as long as they are admin', () => {
    const { receiver, actionsOf, reasonOf } = createScene()
    const second = receiver.join('Second', 'admin')
    expect(actionsOf(second)).toEqual(['view', 'maintain'])
    receiver.run('member.setRole', { member: second.id, role: 'member' })
    expect(actionsOf(second)).toEqual([])
    expect(reasonOf(second)).toBe('not_delegated')
  })

  it('D2: gives a member below admin nothing without a delegation', () => {
    const { outsider, actionsOf, reasonOf } = createScene()
    expect(actionsOf(outsider)).toEqual([])
    expect(reasonOf(outsider)).toBe('not_delegated')
  })

  it('A4: finds no path to what is unknown, foreign or misnamed', () => {
    const { world, technician, owner, park, portfolio, reasonOf } = createScene()
    const foreign = createParty(world, 'Zephyr').park()
    expect(reasonOf(technician, 'view', { type: 'park', id: unknownId })).toBe('no_path')
    expect(reasonOf(technician, 'view', foreign)).toBe('no_path')
    expect(reasonOf(technician, 'view', { type: 'portfolio', id: park.id })).toBe('no_path')
    expect(reasonOf(owner.admin, 'view', { type: 'park', id: portfolio.id })).toBe('no_path')
    expect(world.decide({ member: unknownId, action: 'view', resource: park }).reason).toBe('no_path')
  })

  it('A3: relies on no cascade: what a missing fact carried gives nothing', () => {
    const { world, technician, park, share, cooperation, delegation, owner } = createScene()
    const without = (gone: FactRef) => {
      const facts = new FactSet(world.facts.all())
      facts.drop(gone)
      return decide(
        facts,
        { member: technician.id, action: 'view', resource: refTo(park) },
        { now: world.now, version: 1 },
      )
    }
    for (const gone of [park, share, cooperation]) expect(without(gone).reason).toBe('no_path')
    expect(without(delegation).reason).toBe('not_delegated')
    expect(without({ type: 'organization', id: owner.id }).reason).toBe('no_path')
  })

  it('D5: never lets a delegation exceed the ceiling, even if one stands above it', () => {
    const { world, technician, park, share } = createScene()
    const facts = new FactSet([...world.facts.all(), { ...share, role: 'viewer' }])
    const question = { member: technician.id, action: 'maintain', resource: park } as const
    expect(decide(facts, question, { now: world.now, version: 1 })).toMatchObject({
      allowed: false,
      role: 'viewer',
      reason: 'role_too_low',
    })
  })

  it('A1: keeps a path through a pending cooperation closed', () => {
    const { world, technician, park, cooperation } = createScene()
    const facts = new FactSet([...world.facts.all(), { ...cooperation, state: 'pending' }])
    const question = { member: technician.id, action: 'view', resource: park } as const
    expect(decide(facts, question, { now: world.now, version: 1 }).reason).toBe('cooperation_pending')
  })
})
