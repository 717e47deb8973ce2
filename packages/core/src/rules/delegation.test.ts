import { describe, expect, it } from 'vitest'
import { createParty } from '../testing/party.ts'
import { refusalOf } from '../testing/refusal.ts'
import { createScene } from '../testing/scene.ts'
import { toldIn } from '../testing/told.ts'

describe('delegating', () => {
  it('D2: gives viewer or the ceiling itself', () => {
    const { receiver, share, outsider, actionsOf } = createScene()
    receiver.delegate(share, outsider, 'viewer')
    expect(actionsOf(outsider)).toEqual(['view'])
    receiver.delegate(share, outsider, 'technical-manager')
    expect(actionsOf(outsider)).toEqual(['view', 'maintain'])
  })

  it('D2: refuses anything above the ceiling', () => {
    const { owner, receiver, share, outsider } = createScene()
    expect(refusalOf(() => receiver.delegate(share, outsider, 'operator'))).toMatchObject({
      code: 'ROLE_ABOVE_CEILING',
      details: { role: 'operator', ceiling: 'technical-manager' },
    })
    owner.run('share.setRole', { share: share.id, role: 'viewer' })
    const above = refusalOf(() => receiver.delegate(share, outsider, 'technical-manager'))
    expect(above.code).toBe('ROLE_ABOVE_CEILING')
  })

  it('D2: is for admins of the receiver', () => {
    const { world, owner, receiver, share, technician, outsider, operator } = createScene()
    const input = { share: share.id, member: outsider.id, role: 'viewer' } as const
    expect(refusalOf(() => technician.run('delegation.grant', input)).code).toBe('NOT_ADMIN')
    expect(refusalOf(() => owner.run('delegation.grant', { ...input, member: operator.id })).code).toBe(
      'NOT_FOUND',
    )
    expect(refusalOf(() => createParty(world, 'Zephyr').run('delegation.grant', input)).code).toBe(
      'NOT_FOUND',
    )
    expect(receiver.key()('delegation.grant', input).act).not.toBeNull()
  })

  it('D3: is to active members of the own organization alone', () => {
    const { world, receiver, share, operator, outsider } = createScene()
    const delegate = () => receiver.delegate(share, outsider, 'viewer')
    expect(refusalOf(() => receiver.delegate(share, operator, 'viewer')).code).toBe('NOT_FOUND')
    receiver.run('member.pause', { member: outsider.id })
    expect(refusalOf(delegate).code).toBe('MEMBERSHIP_PAUSED')
    receiver.run('member.resume', { member: outsider.id })
    receiver.run('member.setExpiration', { member: outsider.id, expiresAt: '2026-03-02T10:00:00.000Z' })
    world.advance({ hours: 1 })
    expect(refusalOf(delegate).code).toBe('MEMBERSHIP_EXPIRED')
  })

  it("D3: may have its own expiration, in the receiver's time zone", () => {
    const { world, receiver, share, outsider, reasonOf } = createScene()
    const delegation = receiver.delegate(share, outsider, 'viewer', '2026-03-02')
    expect(delegation.expiresAt).toBe('2026-03-03T05:00:00.000Z')
    world.now = '2026-03-03T05:00:00.000Z'
    expect(reasonOf(outsider)).toBe('delegation_expired')
    const past = refusalOf(() => receiver.delegate(share, outsider, 'viewer', world.now))
    expect(past.code).toBe('EXPIRATION_IN_PAST')
    expect(receiver.delegate(share, outsider, 'viewer')).toMatchObject({ id: delegation.id, expiresAt: null })
    expect(reasonOf(outsider)).toBe('allowed')
  })

  it('replaces the one there is, and changes nothing when it is the same', () => {
    const { world, receiver, share, technician, delegation } = createScene()
    const same = { share: share.id, member: technician.id, role: 'technical-manager' } as const
    expect(receiver.run('delegation.grant', same).act).toBeNull()
    receiver.delegate(share, technician, 'viewer')
    expect([...world.facts.delegations.all()]).toEqual([{ ...delegation, role: 'viewer' }])
  })

  it('V2: tells the owner whom it was delegated to, and to forget who lost it', () => {
    const { world, owner, receiver, share, outsider } = createScene()
    const heard = () => world.changesOf(owner.id).at(-1)?.facts
    const delegation = receiver.delegate(share, outsider, 'viewer')
    expect(heard()).toEqual([{ put: delegation }, { put: world.facts.members.get(outsider.id) }])
    receiver.run('delegation.revoke', { share: share.id, member: outsider.id })
    expect(heard()).toContainEqual({ drop: { type: 'member', id: outsider.id } })
  })

  it('revokes at once; revoking again changes nothing', () => {
    const { owner, receiver, share, technician, actionsOf } = createScene()
    const input = { share: share.id, member: technician.id }
    expect(toldIn(receiver.run('delegation.revoke', input).told)).toEqual([owner.id, receiver.id])
    expect(actionsOf(technician)).toEqual([])
    expect(receiver.run('delegation.revoke', input).act).toBeNull()
    expect(refusalOf(() => owner.run('delegation.revoke', input)).code).toBe('NOT_FOUND')
  })
})

describe('delegating many', () => {
  it('D2: delegates each share to each member, in one act', () => {
    const { world, owner, receiver, cooperation, share, technician, outsider } = createScene()
    const second = owner.share(cooperation, owner.park(), 'viewer')
    const version = world.versionOf(owner.id)
    receiver.run('delegation.grantMany', {
      shares: [share.id, second.id, share.id],
      members: [technician.id, outsider.id],
      role: 'viewer',
    })
    expect(world.facts.delegations.size).toBe(4)
    expect(world.versionOf(owner.id)).toBe(version + 1)
  })

  it('D2: delegates none when one is refused', () => {
    const { world, owner, receiver, cooperation, share, outsider } = createScene()
    const low = owner.share(cooperation, owner.park(), 'viewer')
    const input = { shares: [share.id, low.id], members: [outsider.id], role: 'technical-manager' } as const
    expect(refusalOf(() => receiver.run('delegation.grantMany', input)).code).toBe('ROLE_ABOVE_CEILING')
    expect(world.facts.delegations.by('member', outsider.id)).toEqual([])
  })

  it('V2: names to each owner only its own shares', () => {
    const { world, owner, receiver, share, outsider } = createScene()
    const third = createParty(world, 'Zephyr')
    const other = third.share(third.cooperate(receiver), third.park(), 'viewer')
    const input = { shares: [share.id, other.id], members: [outsider.id], role: 'viewer' } as const
    receiver.run('delegation.grantMany', input)
    const cause = { type: 'delegation.granted', by: receiver.id, members: [outsider.id] }
    expect(world.changesOf(owner.id).at(-1)?.cause).toEqual({ ...cause, shares: [share.id] })
    expect(world.changesOf(third.id).at(-1)?.cause).toEqual({ ...cause, shares: [other.id] })
    expect(world.changesOf(receiver.id).at(-1)?.cause.shares).toEqual([share.id, other.id])
  })
})
