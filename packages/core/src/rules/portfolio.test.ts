import { describe, expect, it } from 'vitest'
import { toldIn } from '../testing/told.ts'
import { refusalOf } from '../testing/refusal.ts'
import { createScene } from '../testing/scene.ts'

describe('portfolios', () => {
  it('S4: extend their share when a park is added, and tell each receiver', () => {
    const { world, owner, receiver, cooperation, portfolio, technician, actionsOf } = createScene()
    receiver.delegate(owner.share(cooperation, portfolio, 'viewer'), technician, 'viewer')
    const later = owner.park('Later')
    expect(actionsOf(technician, later)).toEqual([])
    const { told } = owner.run('portfolio.addPark', { portfolio: portfolio.id, park: later.id })
    expect(toldIn(told)).toEqual([owner.id, receiver.id])
    expect(actionsOf(technician, later)).toEqual(['view'])
    expect(actionsOf(receiver.admin, later)).toEqual(['view'])
    expect(world.changesOf(receiver.id).at(-1)).toMatchObject({
      cause: { type: 'portfolio.parkAdded', by: owner.id, resource: { type: 'park', id: later.id } },
    })
  })

  it('S4: revoke at once when a park is taken out', () => {
    const { world, owner, receiver, cooperation, portfolio, technician, actionsOf } = createScene()
    const later = owner.park('Later')
    receiver.delegate(owner.share(cooperation, portfolio, 'viewer'), technician, 'viewer')
    owner.run('portfolio.addPark', { portfolio: portfolio.id, park: later.id })
    owner.run('portfolio.removePark', { portfolio: portfolio.id, park: later.id })
    expect(actionsOf(technician, later)).toEqual([])
    expect(world.changesOf(receiver.id).at(-1)?.facts).toContainEqual({
      drop: { type: 'park', id: later.id },
    })
  })

  it('S4: leave a park to the receiver that also has its own share', () => {
    const { world, owner, receiver, cooperation, portfolio, park, technician, actionsOf } = createScene()
    owner.share(cooperation, portfolio, 'viewer')
    owner.run('portfolio.removePark', { portfolio: portfolio.id, park: park.id })
    expect(actionsOf(technician)).toEqual(['view', 'maintain'])
    expect(world.changesOf(receiver.id).at(-1)?.facts).not.toContainEqual({
      drop: { type: 'park', id: park.id },
    })
  })

  it('V2: tell nobody of a park in a portfolio that is not shared', () => {
    const { owner, portfolio } = createScene()
    const { id: park } = owner.park('Private')
    expect(owner.run('portfolio.addPark', { portfolio: portfolio.id, park }).told).toHaveLength(1)
  })

  it('change nothing when a park is there already, or is not there', () => {
    const { owner, portfolio, park } = createScene()
    const input = { portfolio: portfolio.id, park: park.id }
    expect(owner.run('portfolio.addPark', input).act).toBeNull()
    owner.run('portfolio.removePark', input)
    expect(owner.run('portfolio.removePark', input).act).toBeNull()
    expect(owner.run('portfolio.update', { portfolio: portfolio.id, name: portfolio.name }).act).toBeNull()
  })

  it('S5: show a new name on both sides', () => {
    const { owner, receiver, cooperation, portfolio } = createScene()
    owner.share(cooperation, portfolio, 'viewer')
    const { told } = owner.run('portfolio.update', { portfolio: portfolio.id, name: 'Renamed' })
    expect(toldIn(told)).toEqual([owner.id, receiver.id])
  })

  it('S6: end their shares, delegations and assignments when removed; the parks stay', () => {
    const { world, owner, receiver, cooperation, portfolio, park, technician, operator, actionsOf } =
      createScene()
    receiver.delegate(owner.share(cooperation, portfolio, 'viewer'), technician, 'viewer')
    owner.assign(operator, portfolio, 'viewer')
    owner.run('portfolio.remove', { portfolio: portfolio.id })
    expect(world.facts.portfolios.size + world.facts.entries.size).toBe(0)
    expect(world.facts.assignments.by('resource', portfolio.id)).toEqual([])
    expect([...world.facts.shares.all()].map(({ resource }) => resource.id)).toEqual([park.id])
    expect(actionsOf(technician, portfolio)).toEqual([])
    expect(actionsOf(technician, park)).toEqual(['view', 'maintain'])
  })

  it('S3: hold parks of the own organization alone, and are changed by it alone', () => {
    const { owner, receiver, portfolio, park, cooperation } = createScene()
    owner.share(cooperation, portfolio, 'viewer')
    const own = receiver.portfolio()
    const add = (input: { portfolio: string; park: string }) => () => receiver.run('portfolio.addPark', input)
    expect(refusalOf(add({ portfolio: own.id, park: park.id })).code).toBe('NOT_OWNER')
    expect(refusalOf(add({ portfolio: portfolio.id, park: receiver.park().id })).code).toBe('NOT_OWNER')
    expect(refusalOf(add({ portfolio: own.id, park: owner.park().id })).code).toBe('NOT_FOUND')
    expect(refusalOf(() => receiver.run('portfolio.remove', { portfolio: portfolio.id })).code).toBe(
      'NOT_OWNER',
    )
    // A park is no portfolio, whatever its id says.
    const asPortfolio = { portfolio: park.id, park: park.id }
    expect(refusalOf(() => owner.run('portfolio.addPark', asPortfolio)).code).toBe('NOT_FOUND')
  })
})
