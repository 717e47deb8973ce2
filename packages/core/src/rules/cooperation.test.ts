import { describe, expect, it } from 'vitest'
import { createParty } from '../testing/party.ts'
import { refusalOf } from '../testing/refusal.ts'
import { createScene } from '../testing/scene.ts'
import { toldIn } from '../testing/told.ts'

const inAnHour = '2026-03-02T10:00:00.000Z'

describe('whose a cooperation is', () => {
  it('C4: refuses the invitee to pause, resume, expire or remove it', () => {
    const { receiver, cooperation } = createScene()
    const input = { cooperation: cooperation.id }
    const attempts = [
      () => receiver.run('cooperation.pause', input),
      () => receiver.run('cooperation.resume', input),
      () => receiver.run('cooperation.setExpiration', { ...input, expiresAt: inAnHour }),
      () => receiver.run('cooperation.remove', input),
    ]
    for (const attempt of attempts) expect(refusalOf(attempt).code).toBe('INITIATOR_ONLY')
  })

  it('C4: lets the invitee leave, which ends it for both', () => {
    const { world, owner, receiver, cooperation, technician, reasonOf } = createScene()
    const left = receiver.run('cooperation.leave', { cooperation: cooperation.id })
    expect(toldIn(left.told)).toEqual([owner.id, receiver.id])
    expect(world.facts.cooperations.size + world.facts.shares.size + world.facts.delegations.size).toBe(0)
    expect(reasonOf(technician)).toBe('no_path')
    expect(refusalOf(() => owner.run('cooperation.leave', { cooperation: cooperation.id })).code).toBe(
      'NOT_FOUND',
    )
  })

  it('C4: leaves leaving to the invitee', () => {
    const { owner, cooperation } = createScene()
    const refusal = refusalOf(() => owner.run('cooperation.leave', { cooperation: cooperation.id }))
    expect(refusal.code).toBe('INVALID_INPUT')
  })

  it('C2: is gone for everyone once removed', () => {
    const { world, owner, receiver, cooperation } = createScene()
    owner.run('cooperation.remove', { cooperation: cooperation.id })
    const input = { cooperation: cooperation.id }
    expect(refusalOf(() => owner.run('cooperation.pause', input)).code).toBe('NOT_FOUND')
    expect(refusalOf(() => receiver.run('cooperation.leave', input)).code).toBe('NOT_FOUND')
    const drops = world
      .changesOf(receiver.id)
      .at(-1)
      ?.facts.map((change) => 'drop' in change && change.drop.type)
    expect(drops?.toSorted()).toEqual(['cooperation', 'delegation', 'organization', 'park', 'share'])
  })

  it('A4: is not found by anyone else', () => {
    const { world, cooperation } = createScene()
    const stranger = createParty(world, 'Zephyr')
    const input = { cooperation: cooperation.id }
    expect(refusalOf(() => stranger.run('cooperation.pause', input)).code).toBe('NOT_FOUND')
    expect(refusalOf(() => stranger.run('cooperation.leave', input)).code).toBe('NOT_FOUND')
  })

  it('S1: can be managed once it was accepted', () => {
    const { world, owner } = createScene()
    const invited = createParty(world, 'Zephyr')
    const input = { cooperation: owner.invite(invited).id }
    expect(refusalOf(() => owner.run('cooperation.pause', input)).code).toBe('COOPERATION_PENDING')
    expect(refusalOf(() => owner.run('cooperation.remove', input)).code).toBe('COOPERATION_PENDING')
    expect(refusalOf(() => invited.run('cooperation.leave', input)).code).toBe('COOPERATION_PENDING')
  })
})

describe('pausing a cooperation', () => {
  it('C5: blocks every path in both directions, and deletes nothing', () => {
    const { world, owner, receiver, cooperation, technician, actionsOf } = createScene()
    const back = receiver.park('Back')
    receiver.share(cooperation, back, 'viewer')
    const standing = world.facts.shares.size + world.facts.delegations.size
    const paused = owner.run('cooperation.pause', { cooperation: cooperation.id })
    expect(actionsOf(technician)).toEqual([])
    expect(actionsOf(receiver.admin)).toEqual([])
    expect(actionsOf(owner.admin, back)).toEqual([])
    expect(world.facts.shares.size + world.facts.delegations.size).toBe(standing)
    expect(toldIn(paused.told)).toEqual([owner.id, receiver.id])
    expect(paused.told[0]?.facts).toHaveLength(1)
  })

  it('C5: leaves own resources and other cooperations alone', () => {
    const { world, owner, cooperation, park, operator, actionsOf } = createScene()
    const other = createParty(world, 'Zephyr')
    owner.share(owner.cooperate(other), park, 'viewer')
    owner.run('cooperation.pause', { cooperation: cooperation.id })
    expect(actionsOf(operator)).toEqual(['view', 'maintain', 'operate'])
    expect(actionsOf(other.admin)).toEqual(['view'])
  })

  it('C5: lets shares and delegations be managed, which take effect on resume', () => {
    const { owner, receiver, cooperation, share, outsider, technician, actionsOf } = createScene()
    owner.run('cooperation.pause', { cooperation: cooperation.id })
    const second = owner.park('Second')
    receiver.delegate(owner.share(cooperation, second, 'viewer'), outsider, 'viewer')
    receiver.run('delegation.revoke', { share: share.id, member: technician.id })
    expect(actionsOf(outsider, second)).toEqual([])
    owner.run('cooperation.resume', { cooperation: cooperation.id })
    expect(actionsOf(outsider, second)).toEqual(['view'])
    expect(actionsOf(technician)).toEqual([])
  })

  it('C6: opens on resume what stands at that moment', () => {
    const { owner, cooperation, technician, actionsOf } = createScene()
    owner.run('cooperation.pause', { cooperation: cooperation.id })
    owner.run('cooperation.resume', { cooperation: cooperation.id })
    expect(actionsOf(technician)).toEqual(['view', 'maintain'])
  })

  it('changes nothing when it is paused or resumed already', () => {
    const { world, owner, cooperation } = createScene()
    const input = { cooperation: cooperation.id }
    expect(owner.run('cooperation.resume', input).act).toBeNull()
    owner.run('cooperation.pause', input)
    const since = world.now
    const version = world.versionOf(owner.id)
    world.advance({ hours: 1 })
    expect(owner.run('cooperation.pause', input).act).toBeNull()
    expect(world.versionOf(owner.id)).toBe(version)
    expect(world.facts.cooperations.get(cooperation.id)?.pausedAt).toBe(since)
  })
})

describe('the expiration of a cooperation', () => {
  it('C7: means the end of a day in the time zone of the initiator', () => {
    const { world, owner, cooperation } = createScene()
    owner.run('cooperation.setExpiration', { cooperation: cooperation.id, expiresAt: '2026-03-29' })
    expect(world.facts.cooperations.get(cooperation.id)?.expiresAt).toBe('2026-03-29T22:00:00.000Z')
  })

  it('C7: ends access at the instant, without any act', () => {
    const { world, owner, cooperation, technician, reasonOf } = createScene()
    owner.run('cooperation.setExpiration', { cooperation: cooperation.id, expiresAt: inAnHour })
    world.now = '2026-03-02T09:59:59.999Z'
    expect(reasonOf(technician)).toBe('allowed')
    world.now = inAnHour
    expect(reasonOf(technician)).toBe('cooperation_expired')
  })

  it('C7: is refused when it is not in the future', () => {
    const { world, owner, cooperation } = createScene()
    const input = { cooperation: cooperation.id, expiresAt: world.now }
    expect(refusalOf(() => owner.run('cooperation.setExpiration', input)).code).toBe('EXPIRATION_IN_PAST')
  })

  it('C6: refuses to resume once expired, and says to set the expiration first', () => {
    const { world, owner, cooperation } = createScene()
    const input = { cooperation: cooperation.id }
    owner.run('cooperation.setExpiration', { ...input, expiresAt: inAnHour })
    owner.run('cooperation.pause', input)
    world.advance({ hours: 1 })
    expect(refusalOf(() => owner.run('cooperation.resume', input))).toMatchObject({
      code: 'COOPERATION_EXPIRED',
      details: { ...input, expiresAt: inAnHour },
    })
    owner.run('cooperation.setExpiration', { ...input, expiresAt: null })
    expect(owner.run('cooperation.resume', input).act).not.toBeNull()
  })

  it("C7: renewed, keeps the other side's shares paused until their owner resumes them", () => {
    const { world, owner, receiver, cooperation, technician, actionsOf, reasonOf } = createScene()
    const back = receiver.park('Back')
    const given = receiver.share(cooperation, back, 'viewer')
    owner.run('cooperation.setExpiration', { cooperation: cooperation.id, expiresAt: inAnHour })
    world.advance({ hours: 2 })
    const renewed = owner.run('cooperation.setExpiration', { cooperation: cooperation.id, expiresAt: null })
    expect(renewed.outcome.cause.type).toBe('cooperation.renewed')
    expect(actionsOf(technician)).toEqual(['view', 'maintain'])
    expect(reasonOf(owner.admin, 'view', back)).toBe('share_paused')
    expect(world.facts.shares.get(given.id)?.pausedAt).toBe(world.now)
    receiver.run('share.resume', { share: given.id })
    expect(actionsOf(owner.admin, back)).toEqual(['view'])
  })

  it('C7: renewed, keeps since when a share was paused', () => {
    const { world, owner, receiver, cooperation } = createScene()
    const given = receiver.share(cooperation, receiver.park(), 'viewer')
    receiver.run('share.pause', { share: given.id })
    const since = world.now
    owner.run('cooperation.setExpiration', { cooperation: cooperation.id, expiresAt: inAnHour })
    world.advance({ hours: 2 })
    owner.run('cooperation.setExpiration', { cooperation: cooperation.id, expiresAt: '2026-12-31' })
    expect(world.facts.shares.get(given.id)?.pausedAt).toBe(since)
  })

  it('C7: moved before it lapses, pauses nothing', () => {
    const { world, owner, receiver, cooperation } = createScene()
    receiver.share(cooperation, receiver.park(), 'viewer')
    const setTo = (expiresAt: string | null) =>
      owner.run('cooperation.setExpiration', { cooperation: cooperation.id, expiresAt })
    setTo(inAnHour)
    expect(setTo(inAnHour).act).toBeNull()
    expect(setTo(null).outcome.cause.type).toBe('cooperation.expirationChanged')
    expect([...world.facts.shares.all()].every(({ pausedAt }) => pausedAt === null)).toBe(true)
  })

  it('C7: stays paused when it was paused before it lapsed', () => {
    const { world, owner, cooperation, technician, reasonOf } = createScene()
    owner.run('cooperation.setExpiration', { cooperation: cooperation.id, expiresAt: inAnHour })
    owner.run('cooperation.pause', { cooperation: cooperation.id })
    world.advance({ hours: 1 })
    owner.run('cooperation.setExpiration', { cooperation: cooperation.id, expiresAt: null })
    expect(reasonOf(technician)).toBe('cooperation_paused')
  })
})
