import { describe, expect, it } from 'vitest'
import { refOf } from './change.ts'
import { FactSet } from './fact-set.ts'
import { createScene } from './testing/scene.ts'

describe('FactSet', () => {
  it('holds facts of every type, and names each by type and id', () => {
    const { world } = createScene()
    const facts = new FactSet(world.facts.all())
    const types = new Set([...facts.all()].map(({ type }) => type))
    expect(types.size).toBe(9)
    for (const fact of facts.all()) {
      expect(facts.get({ type: fact.type, id: fact.id })).toBe(fact)
      facts.drop(fact)
      expect(facts.get(fact)).toBeUndefined()
    }
    expect([...facts.all()]).toEqual([])
  })

  it('comes out the same when changes are applied again', () => {
    const { world, owner, share } = createScene()
    owner.run('share.remove', { share: share.id })
    const changes = world.changesOf(owner.id).flatMap(({ facts }) => facts)
    const replica = new FactSet()
    replica.apply(changes)
    const once = new Set(replica.all())
    replica.apply(changes.slice(-3))
    expect(new Set(replica.all())).toEqual(once)
  })

  it('S4: finds what covers a resource', () => {
    const { world, park, portfolio } = createScene()
    expect(world.facts.coveringIds(park)).toEqual([park.id, portfolio.id])
    expect(world.facts.coveringIds(portfolio)).toEqual([portfolio.id])
  })

  it('tells parks and portfolios apart', () => {
    const { world, park } = createScene()
    expect(world.facts.resource({ type: 'park', id: park.id })).toBe(park)
    expect(world.facts.resource({ type: 'portfolio', id: park.id })).toBeUndefined()
  })
})

describe('refOf', () => {
  it('names the fact that a change is about', () => {
    const { park } = createScene()
    expect(refOf({ put: park })).toEqual({ type: 'park', id: park.id })
    expect(refOf({ drop: { type: 'park', id: park.id } })).toEqual({ type: 'park', id: park.id })
  })
})
