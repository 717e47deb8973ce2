import { describe, expect, it } from 'vitest'
import { subjectOf } from '../testing/party.ts'
import { toldIn } from '../testing/told.ts'
import { refusalOf } from '../testing/refusal.ts'
import { createScene } from '../testing/scene.ts'

const inAnHour = '2026-03-02T10:00:00.000Z'

describe('managing members', () => {
  it('O3: is for admins of the own organization alone', () => {
    const { owner, receiver, technician, outsider } = createScene()
    const { id: member } = outsider
    expect(refusalOf(() => technician.run('member.pause', { member })).code).toBe('NOT_ADMIN')
    expect(refusalOf(() => technician.run('member.provision', { externalId: 'x', name: 'X' })).code).toBe(
      'NOT_ADMIN',
    )
    expect(refusalOf(() => owner.run('member.pause', { member })).code).toBe('NOT_FOUND')
    expect(refusalOf(() => owner.run('member.remove', { member })).code).toBe('NOT_FOUND')
    expect(receiver.run('member.pause', { member }).act).not.toBeNull()
  })

  it('O1: adds a user to one organization at most', () => {
    const { world, owner, receiver } = createScene()
    const input = { user: world.newId(), name: 'Ada', role: 'member' } as const
    owner.run('member.add', input)
    expect(refusalOf(() => receiver.run('member.add', input)).code).toBe('ALREADY_IN_ORGANIZATION')
    expect(refusalOf(() => owner.run('member.add', input)).code).toBe('ALREADY_IN_ORGANIZATION')
    expect(refusalOf(() => owner.key()('member.add', input)).code).toBe('FORBIDDEN')
  })

  it('O3: provisions a member by external id, and renames it when asked again', () => {
    const { owner, receiver, world } = createScene()
    const input = { externalId: 'emp-7', name: 'Ada' }
    const first = subjectOf(owner.run('member.provision', input), 'member')
    expect(first).toMatchObject({ user: null, externalId: 'emp-7', role: 'member' })
    expect(owner.run('member.provision', input).act).toBeNull()
    owner.run('member.provision', { ...input, name: 'Ada Lovelace' })
    expect(world.facts.members.get(first.id)).toEqual({ ...first, name: 'Ada Lovelace' })
    expect(subjectOf(receiver.run('member.provision', input), 'member').id).not.toBe(first.id)
  })

  it('O3: never makes a provisioned member an admin', () => {
    const { owner } = createScene()
    const { id: member } = owner.provision('emp-7')
    const refusal = refusalOf(() => owner.run('member.setRole', { member, role: 'admin' }))
    expect(refusal).toMatchObject({ code: 'INVALID_INPUT', details: { field: 'role' } })
    expect(owner.run('member.setRole', { member, role: 'member' }).act).toBeNull()
  })

  it('C3: lets no key make admins', () => {
    const { owner, operator } = createScene()
    const refusal = refusalOf(() => owner.key()('member.setRole', { member: operator.id, role: 'admin' }))
    expect(refusal.code).toBe('FORBIDDEN')
    expect(owner.key()('member.pause', { member: operator.id }).act).not.toBeNull()
  })
})

describe('closing a membership', () => {
  it('O4: blocks everything while paused, keeps the record, and works again after resume', () => {
    const { receiver, technician, actionsOf, reasonOf, world } = createScene()
    const input = { member: technician.id }
    const before = new Set(world.facts.delegations.all())
    receiver.run('member.pause', input)
    expect(reasonOf(technician)).toBe('membership_paused')
    expect(new Set(world.facts.delegations.all())).toEqual(before)
    receiver.run('member.resume', input)
    expect(actionsOf(technician)).toEqual(['view', 'maintain'])
  })

  it('O4: refuses what a paused or expired admin commands', () => {
    const { world, owner } = createScene()
    const second = owner.join('Second', 'admin')
    owner.run('member.pause', { member: second.id })
    const refusal = refusalOf(() => second.run('park.create', { name: 'Mine' }))
    expect(refusal).toMatchObject({ code: 'MEMBERSHIP_PAUSED', details: { since: world.now } })
    owner.run('member.resume', { member: second.id })
    owner.run('member.setExpiration', { member: second.id, expiresAt: inAnHour })
    world.advance({ hours: 1 })
    expect(refusalOf(() => second.run('park.create', { name: 'Mine' }))).toMatchObject({
      code: 'MEMBERSHIP_EXPIRED',
      details: { since: inAnHour },
    })
  })

  it('O4: opens an expired membership with a later expiration, and announces that as a grant (C7)', () => {
    const { world, receiver, technician, actionsOf } = createScene()
    receiver.run('member.setExpiration', { member: technician.id, expiresAt: inAnHour })
    world.advance({ hours: 1 })
    expect(actionsOf(technician)).toEqual([])
    const { outcome } = receiver.run('member.setExpiration', {
      member: technician.id,
      expiresAt: '2026-03-03',
    })
    expect(outcome.cause.type).toBe('membership.renewed')
    expect(subjectOf({ act: null, outcome, told: [] }, 'member').expiresAt).toBe('2026-03-04T05:00:00.000Z')
    expect(actionsOf(technician)).toEqual(['view', 'maintain'])
  })

  it('C7: refuses an expiration in the past, and changes nothing by setting the same', () => {
    const { world, receiver, technician } = createScene()
    const setTo = (expiresAt: string | null) =>
      receiver.run('member.setExpiration', { member: technician.id, expiresAt })
    expect(refusalOf(() => setTo(world.now)).code).toBe('EXPIRATION_IN_PAST')
    expect(setTo(null).act).toBeNull()
    expect(setTo(inAnHour).outcome.cause.type).toBe('membership.expirationChanged')
    expect(setTo(inAnHour).act).toBeNull()
  })

  it('keeps the time of the first pause when paused again', () => {
    const { world, receiver, technician } = createScene()
    receiver.run('member.pause', { member: technician.id })
    const since = world.now
    world.advance({ hours: 1 })
    expect(receiver.run('member.pause', { member: technician.id }).act).toBeNull()
    expect(world.facts.members.get(technician.id)?.pausedAt).toBe(since)
  })
})

describe('ending a membership', () => {
  it('O5: drops all assignments and delegations of a removed member in the same act', () => {
    const { world, owner, receiver, technician, delegation } = createScene()
    const ended = receiver.run('member.remove', { member: technician.id })
    expect(world.facts.members.get(technician.id)).toBeUndefined()
    expect(world.facts.delegations.get(delegation.id)).toBeUndefined()
    expect(toldIn(ended.told)).toEqual([owner.id, receiver.id])
  })

  it('O5: drops them when a member leaves, also while paused', () => {
    const { world, owner, operator } = createScene()
    owner.run('member.pause', { member: operator.id })
    expect(operator.run('member.leave', {}).outcome.cause.type).toBe('membership.left')
    expect(world.facts.assignments.by('member', operator.id)).toEqual([])
    expect(refusalOf(() => operator.run('member.leave', {})).code).toBe('FORBIDDEN')
    expect(refusalOf(() => owner.key()('member.leave', {})).code).toBe('FORBIDDEN')
  })

  it('O5: starts clean after rejoining', () => {
    const { world, receiver, actionsOf } = createScene()
    const input = { user: world.newId(), name: 'Ada', role: 'member' } as const
    const { id: member } = subjectOf(receiver.run('member.add', input), 'member')
    receiver.run('member.remove', { member })
    const again = subjectOf(receiver.run('member.add', input), 'member')
    expect(again.id).not.toBe(member)
    expect(actionsOf({ id: again.id, run: receiver.run })).toEqual([])
  })
})

describe('the last admin', () => {
  it('O6: can be neither removed, demoted, paused nor given an end, and cannot leave', () => {
    const { owner } = createScene()
    const { id: member } = owner.admin
    const attempts = [
      () => owner.run('member.remove', { member }),
      () => owner.run('member.setRole', { member, role: 'member' }),
      () => owner.run('member.pause', { member }),
      () => owner.run('member.setExpiration', { member, expiresAt: inAnHour }),
      () => owner.run('member.leave', {}),
    ]
    for (const attempt of attempts) expect(refusalOf(attempt).code).toBe('LAST_ADMIN')
  })

  it('O6: is the one whose membership is active and has no expiration', () => {
    const { owner } = createScene()
    const second = owner.join('Second', 'admin')
    owner.run('member.setExpiration', { member: second.id, expiresAt: '2099-01-01' })
    expect(refusalOf(() => owner.run('member.leave', {})).code).toBe('LAST_ADMIN')
    owner.run('member.setExpiration', { member: second.id, expiresAt: null })
    owner.run('member.pause', { member: second.id })
    expect(refusalOf(() => owner.run('member.leave', {})).code).toBe('LAST_ADMIN')
    owner.run('member.resume', { member: second.id })
    expect(owner.run('member.leave', {}).act).not.toBeNull()
  })
})

describe('roles of members', () => {
  it('V2: reach the guard of the owner when an admin of the receiver is made or unmade', () => {
    const { world, owner, receiver, outsider } = createScene()
    const heard = () => world.changesOf(owner.id).at(-1)?.facts
    receiver.run('member.setRole', { member: outsider.id, role: 'admin' })
    expect(heard()).toEqual([{ put: world.facts.members.get(outsider.id) }])
    receiver.run('member.setRole', { member: outsider.id, role: 'member' })
    expect(heard()).toEqual([{ drop: { type: 'member', id: outsider.id } }])
  })

  it('D4: leaves what a demoted or leaving admin delegated', () => {
    const { receiver, share, outsider, actionsOf } = createScene()
    const second = receiver.join('Second', 'admin')
    second.run('delegation.grant', { share: share.id, member: outsider.id, role: 'viewer' })
    receiver.run('member.setRole', { member: second.id, role: 'member' })
    expect(actionsOf(outsider)).toEqual(['view'])
    second.run('member.leave', {})
    expect(actionsOf(outsider)).toEqual(['view'])
  })

  it('D4: keeps a delegation through promotion and demotion', () => {
    const { receiver, share, technician, actionsOf } = createScene()
    receiver.delegate(share, technician, 'viewer')
    receiver.run('member.setRole', { member: technician.id, role: 'admin' })
    expect(actionsOf(technician)).toEqual(['view', 'maintain'])
    receiver.run('member.setRole', { member: technician.id, role: 'member' })
    expect(actionsOf(technician)).toEqual(['view'])
  })
})
