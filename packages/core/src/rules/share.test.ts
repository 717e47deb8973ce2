import { describe, expect, it } from 'vitest'
import { unknownId } from '../testing/ids.ts'
import { createParty, refTo } from '../testing/party.ts'
import { refusalOf } from '../testing/refusal.ts'
import { createScene } from '../testing/scene.ts'
import { toldIn } from '../testing/told.ts'

const inAnHour = '2026-03-02T10:00:00.000Z'

describe('sharing', () => {
  it('S1: is open to both sides, whoever invited', () => {
    const { owner, receiver, cooperation, actionsOf } = createScene()
    const back = receiver.park('Back')
    expect(receiver.share(cooperation, back, 'viewer')).toMatchObject({
      owner: receiver.id,
      receiver: owner.id,
    })
    expect(actionsOf(owner.admin, back)).toEqual(['view'])
  })

  it('S1: waits for acceptance', () => {
    const { world, owner, park } = createScene()
    const { id: cooperation } = owner.invite(createParty(world, 'Zephyr'))
    const input = { cooperation, resource: refTo(park), role: 'viewer' } as const
    expect(refusalOf(() => owner.run('share.create', input))).toMatchObject({
      code: 'COOPERATION_PENDING',
      details: { cooperation },
    })
  })

  it("S1: is for the owner's admins alone", () => {
    const { world, operator, receiver, share, park, cooperation } = createScene()
    const input = { cooperation: cooperation.id, resource: refTo(park), role: 'viewer' } as const
    expect(refusalOf(() => operator.run('share.create', input)).code).toBe('NOT_ADMIN')
    const stranger = createParty(world, 'Zephyr')
    expect(refusalOf(() => stranger.run('share.create', input)).code).toBe('NOT_FOUND')
    const changes = [
      () => receiver.run('share.setRole', { share: share.id, role: 'viewer' }),
      () => receiver.run('share.setExpiration', { share: share.id, expiresAt: null }),
      () => receiver.run('share.pause', { share: share.id }),
      () => receiver.run('share.resume', { share: share.id }),
      () => receiver.run('share.remove', { share: share.id }),
    ]
    for (const change of changes) expect(refusalOf(change).code).toBe('NOT_OWNER')
    expect(refusalOf(() => stranger.run('share.remove', { share: share.id })).code).toBe('NOT_FOUND')
    expect(refusalOf(() => stranger.run('share.pause', { cooperation: cooperation.id })).code).toBe(
      'NOT_FOUND',
    )
  })

  it('S2: never lets operator cross', () => {
    const { owner, cooperation, portfolio, share } = createScene()
    const refused = { code: 'ROLE_NOT_SHAREABLE', details: { role: 'operator' } }
    expect(refusalOf(() => owner.share(cooperation, portfolio, 'operator'))).toMatchObject(refused)
    const raise = () => owner.run('share.setRole', { share: share.id, role: 'operator' })
    expect(refusalOf(raise)).toMatchObject(refused)
  })

  it('S3: refuses a second share of a resource in a cooperation, and points to the first', () => {
    const { owner, cooperation, park, share } = createScene()
    const again = refusalOf(() => owner.share(cooperation, park, 'viewer'))
    expect(again).toMatchObject({ code: 'SHARE_EXISTS', details: { share: share.id } })
  })

  it('S3: refuses to share onward what came through a share, also through a portfolio', () => {
    const { world, owner, receiver, cooperation, park, portfolio } = createScene()
    const onward = receiver.cooperate(createParty(world, 'Zephyr'))
    const inPortfolio = owner.park('In the portfolio')
    owner.run('portfolio.addPark', { portfolio: portfolio.id, park: inPortfolio.id })
    owner.share(cooperation, portfolio, 'viewer')
    for (const received of [park, portfolio, inPortfolio]) {
      expect(refusalOf(() => receiver.share(onward, received, 'viewer')).code).toBe('NOT_OWNER')
    }
    const hidden = owner.park('Hidden')
    expect(refusalOf(() => receiver.share(onward, hidden, 'viewer')).code).toBe('NOT_FOUND')
    expect(refusalOf(() => owner.share(cooperation, { type: 'park', id: unknownId }, 'viewer')).code).toBe(
      'NOT_FOUND',
    )
  })

  it('C7: resolves a date in the time zone of the owner', () => {
    const { receiver, cooperation } = createScene()
    const share = receiver.share(cooperation, receiver.park(), 'viewer', '2026-03-08')
    expect(share.expiresAt).toBe('2026-03-09T04:00:00.000Z')
    const past = refusalOf(() => receiver.share(cooperation, receiver.park(), 'viewer', '2026-03-01'))
    expect(past.code).toBe('EXPIRATION_IN_PAST')
  })

  it('V2: tells the owner who of the receiver reaches it, and the receiver what it is', () => {
    const { world, owner, receiver } = createScene()
    const third = createParty(world, 'Zephyr')
    const cooperation = owner.cooperate(third)
    const park = owner.park('North')
    const portfolio = owner.portfolio(park)
    const share = owner.share(cooperation, portfolio, 'viewer')
    const admin = world.facts.members.get(third.admin.id)
    expect(world.changesOf(owner.id).at(-1)?.facts).toEqual([{ put: share }, { put: admin }])
    const told = world
      .changesOf(third.id)
      .at(-1)
      ?.facts.map((change) => 'put' in change && change.put.type)
    expect(told?.toSorted()).toEqual(['park', 'portfolio', 'portfolioEntry', 'share'])
    expect(world.changesOf(receiver.id).at(-1)?.cause.shares).not.toContain(share.id)
  })
})

describe('sharing many', () => {
  it('S1: shares all, in one act', () => {
    const { world, owner, receiver, cooperation } = createScene()
    const version = world.versionOf(receiver.id)
    const shares = [owner.park('A'), owner.park('B')].map((park) => {
      return { cooperation: cooperation.id, resource: refTo(park), role: 'viewer' } as const
    })
    const { outcome } = owner.run('share.createMany', { shares })
    expect(outcome.subjects).toHaveLength(2)
    expect(outcome.cause).toMatchObject({ cooperation: cooperation.id })
    expect(outcome.cause).not.toHaveProperty('resource')
    expect(world.versionOf(receiver.id)).toBe(version + 1)
  })

  it('S3: shares none when one is refused', () => {
    const { world, owner, cooperation, park, share } = createScene()
    const isNew = { cooperation: cooperation.id, resource: refTo(owner.park('New')), role: 'viewer' } as const
    const exists = { ...isNew, resource: refTo(park) }
    const refusal = refusalOf(() => owner.run('share.createMany', { shares: [isNew, exists] }))
    expect(refusal).toMatchObject({ code: 'SHARE_EXISTS', details: { share: share.id } })
    expect(refusalOf(() => owner.run('share.createMany', { shares: [isNew, isNew] })).code).toBe(
      'INVALID_INPUT',
    )
    expect(world.facts.shares.size).toBe(1)
  })

  it('V2: names to each partner only its own shares', () => {
    const { world, owner, receiver, cooperation } = createScene()
    const third = createParty(world, 'Zephyr')
    const other = owner.cooperate(third)
    const shares = [cooperation, other].map(({ id }) => {
      return { cooperation: id, resource: refTo(owner.park()), role: 'viewer' } as const
    })
    const [first, second] = owner.run('share.createMany', { shares }).outcome.subjects
    expect(world.changesOf(owner.id).at(-1)?.cause.shares).toEqual([first?.id, second?.id])
    expect(world.changesOf(receiver.id).at(-1)?.cause).toEqual({
      type: 'share.created',
      by: owner.id,
      shares: [first?.id],
    })
    expect(world.changesOf(third.id).at(-1)?.cause.shares).toEqual([second?.id])
  })
})

describe('the ceiling of a share', () => {
  it('S6: lowers every delegation above it in the same act, and restores nothing when raised', () => {
    const { world, owner, receiver, share, technician, outsider, actionsOf } = createScene()
    receiver.delegate(share, outsider, 'viewer')
    const version = world.versionOf(receiver.id)
    owner.run('share.setRole', { share: share.id, role: 'viewer' })
    expect(world.versionOf(receiver.id)).toBe(version + 1)
    expect([...world.facts.delegations.all()].map(({ role }) => role)).toEqual(['viewer', 'viewer'])
    expect(actionsOf(technician)).toEqual(['view'])
    owner.run('share.setRole', { share: share.id, role: 'technical-manager' })
    expect(actionsOf(technician)).toEqual(['view'])
    expect(actionsOf(receiver.admin)).toEqual(['view', 'maintain'])
  })

  it('S4: answers with what is still reached another way', () => {
    const { owner, cooperation, portfolio, park, share } = createScene()
    const wide = owner.share(cooperation, portfolio, 'viewer')
    const { outcome } = owner.run('share.setRole', { share: share.id, role: 'viewer' })
    expect(outcome.stillReaches).toEqual([{ park: park.id, share: wide.id, role: 'viewer' }])
    const removed = owner.run('share.remove', { share: wide.id }).outcome
    expect(removed.stillReaches).toEqual([{ park: park.id, share: share.id, role: 'viewer' }])
    expect(owner.run('share.remove', { share: share.id }).outcome.stillReaches).toEqual([])
  })

  it('S4: counts nothing as reached through a share that is closed, or goes to another partner', () => {
    const { world, owner, cooperation, portfolio, park, share } = createScene()
    const wide = owner.share(cooperation, portfolio, 'viewer')
    owner.share(owner.cooperate(createParty(world, 'Zephyr')), park, 'viewer')
    owner.run('share.pause', { share: wide.id })
    expect(owner.run('share.pause', { share: share.id }).outcome.stillReaches).toEqual([])
  })
})

describe('a park shared by itself and through a portfolio', () => {
  it('S4: gives the union, and what remains when either is removed', () => {
    const { owner, cooperation, portfolio, park, share, receiver, actionsOf, world } = createScene()
    const wide = owner.share(cooperation, portfolio, 'viewer')
    expect(actionsOf(receiver.admin)).toEqual(['view', 'maintain'])
    owner.run('share.remove', { share: share.id })
    expect(actionsOf(receiver.admin)).toEqual(['view'])
    expect(world.changesOf(receiver.id).at(-1)?.facts).not.toContainEqual({ drop: refTo(park) })
    owner.run('share.remove', { share: wide.id })
    expect(actionsOf(receiver.admin)).toEqual([])
    expect(world.changesOf(receiver.id).at(-1)?.facts).toContainEqual({ drop: refTo(park) })
  })

  it('S4: opens nothing of the portfolio itself, nor of its other parks, through the share of one park', () => {
    const { owner, portfolio, receiver, actionsOf } = createScene()
    const other = owner.park('Other')
    owner.run('portfolio.addPark', { portfolio: portfolio.id, park: other.id })
    expect(actionsOf(receiver.admin, portfolio)).toEqual([])
    expect(actionsOf(receiver.admin, other)).toEqual([])
  })
})

describe('pausing a share', () => {
  it('S8: is up to the owner, whoever initiated, and deletes nothing', () => {
    const { owner, receiver, cooperation, actionsOf } = createScene()
    const back = receiver.park('Back')
    const { id: share } = receiver.share(cooperation, back, 'viewer')
    receiver.run('share.pause', { share })
    expect(actionsOf(owner.admin, back)).toEqual([])
    receiver.run('share.resume', { share })
    expect(actionsOf(owner.admin, back)).toEqual(['view'])
  })

  it('S8: pauses and resumes all that was given in a cooperation, and nothing that was received', () => {
    const { owner, receiver, cooperation, park, technician, actionsOf, world } = createScene()
    const back = receiver.park('Back')
    receiver.share(cooperation, back, 'viewer')
    owner.share(cooperation, owner.park('Second'), 'viewer')
    const version = world.versionOf(owner.id)
    owner.run('share.pause', { cooperation: cooperation.id })
    expect(world.versionOf(owner.id)).toBe(version + 1)
    expect(actionsOf(technician, park)).toEqual([])
    expect(actionsOf(owner.admin, back)).toEqual(['view'])
    owner.run('share.resume', { cooperation: cooperation.id })
    expect(actionsOf(technician, park)).toEqual(['view', 'maintain'])
    expect(owner.run('share.resume', { cooperation: cooperation.id }).act).toBeNull()
  })

  it('keeps since when a share was paused, and changes nothing when there is nothing to pause', () => {
    const { world, owner, cooperation, share } = createScene()
    owner.run('share.pause', { share: share.id })
    const since = world.now
    world.advance({ hours: 1 })
    expect(owner.run('share.pause', { cooperation: cooperation.id }).act).toBeNull()
    expect(world.facts.shares.get(share.id)?.pausedAt).toBe(since)
    owner.run('share.remove', { share: share.id })
    expect(owner.run('share.pause', { cooperation: cooperation.id }).act).toBeNull()
  })
})

describe('ending a share', () => {
  it('C7: ends at its expiration, and a later one renews it as a grant', () => {
    const { world, owner, share, technician, actionsOf, reasonOf } = createScene()
    const setTo = (expiresAt: string | null) =>
      owner.run('share.setExpiration', { share: share.id, expiresAt }).outcome.cause.type
    expect(setTo(inAnHour)).toBe('share.expirationChanged')
    world.now = inAnHour
    expect(reasonOf(technician)).toBe('share_expired')
    expect(refusalOf(() => setTo(inAnHour)).code).toBe('EXPIRATION_IN_PAST')
    expect(setTo(null)).toBe('share.renewed')
    expect(actionsOf(technician)).toEqual(['view', 'maintain'])
    expect(owner.run('share.setExpiration', { share: share.id, expiresAt: null }).act).toBeNull()
  })

  it('S6: ends its delegations, and sharing again starts blank', () => {
    const { world, owner, receiver, cooperation, park, share, technician, actionsOf } = createScene()
    const removed = owner.run('share.remove', { share: share.id })
    expect(toldIn(removed.told)).toEqual([owner.id, receiver.id])
    expect(world.facts.delegations.size).toBe(0)
    const again = owner.share(cooperation, park, 'technical-manager')
    expect(again.id).not.toBe(share.id)
    expect(actionsOf(technician)).toEqual([])
    expect(refusalOf(() => owner.run('share.remove', { share: share.id })).code).toBe('NOT_FOUND')
  })

  it("V2: lets the owner forget the receiver's members with the last share", () => {
    const { world, owner, receiver, cooperation, share, technician } = createScene()
    const second = owner.share(cooperation, owner.park(), 'viewer')
    const forgotten = () => world.changesOf(owner.id).at(-1)?.facts
    owner.run('share.remove', { share: share.id })
    expect(forgotten()).toContainEqual({ drop: { type: 'member', id: technician.id } })
    expect(forgotten()).not.toContainEqual({ drop: { type: 'member', id: receiver.admin.id } })
    owner.run('share.remove', { share: second.id })
    expect(forgotten()).toContainEqual({ drop: { type: 'member', id: receiver.admin.id } })
  })
})
