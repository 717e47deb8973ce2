import { FactSet, memberSnapshot, type MemberId } from '@drawbridge/core'
import { createWorld, type World } from '@drawbridge/core/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { learn, project, type Knowledge } from './projection.ts'
import { arbitraryRows, createParties, makeMove } from './testing/random-moves.ts'
import { createScene } from './testing/scene.ts'
import { sorted } from './testing/test-client.ts'

/** A member's replica that is told changes only as they are projected. */
class Projected {
  readonly member: MemberId
  readonly #world: World
  facts = new FactSet()
  knowledge: Knowledge | null = null
  version = 0
  snapshots = 0
  messages = 0

  constructor(world: World, member: MemberId) {
    this.#world = world
    this.member = member
    this.#load()
  }

  get isOver(): boolean {
    return this.knowledge === null
  }

  /** Takes what was committed since, change by change; answers what was put that the member may not know. */
  catchUp(): readonly string[] {
    const { self } = this.knowledge ?? {}
    const leaked: string[] = []
    for (const change of this.#world.changesOf(self?.organization ?? '', this.version)) {
      this.version = change.version
      if (this.knowledge === null) continue
      const projection = project(this.knowledge, change)
      if (projection === null) continue
      this.messages += 1
      const knows = new Set(memberSnapshot(this.#world.facts, this.member, this.#world.now))
      for (const fact of projection.facts)
        if ('put' in fact && !knows.has(fact.put)) leaked.push(fact.put.type)
      this.facts.apply(projection.facts)
      const { known, isReduced } = this.knowledge
      for (const id of projection.learned) known.add(id)
      for (const id of projection.forgotten) known.delete(id)
      this.knowledge = { self: projection.self, known, isReduced }
      if (projection.needsSnapshot) this.#load()
    }
    return leaked
  }

  #load(): void {
    const facts = [...memberSnapshot(this.#world.facts, this.member, this.#world.now)]
    this.facts = new FactSet(facts)
    this.knowledge = learn(facts, this.member)
    this.version = this.#world.versionOf(this.knowledge?.self.organization ?? '')
    this.snapshots += 1
  }
}

describe('project', () => {
  it('V1: agrees with memberSnapshot after every change, and never tells more', () => {
    let messages = 0
    let snapshots = 0
    fc.assert(
      fc.property(arbitraryRows({ minLength: 20, maxLength: 120 }), (rows) => {
        const world = createWorld()
        const parties = createParties(world)
        const replicas = new Map<MemberId, Projected>()
        for (const row of rows) {
          makeMove(world, parties, row)
          for (const { id } of world.facts.members.all()) {
            if (!replicas.has(id)) replicas.set(id, new Projected(world, id))
          }
          for (const replica of replicas.values()) {
            if (replica.isOver) continue
            expect(replica.catchUp()).toEqual([])
            if (replica.isOver) continue
            const known = memberSnapshot(world.facts, replica.member, world.now)
            expect(sorted(replica.facts.all())).toEqual(sorted(known))
          }
        }
        for (const replica of replicas.values()) {
          messages += replica.messages
          snapshots += replica.snapshots
        }
      }),
      { numRuns: 60 },
    )
    // The property would hold as well if every change led to a snapshot.
    expect(messages).toBeGreaterThan(snapshots)
  })

  it('names in a cause only what the member knows', () => {
    const world = createWorld()
    const { boreas, share, colleague } = createScene(world)
    const other = boreas.join('Other')
    const replica = new Projected(world, colleague.id)
    const shares = [share.id]
    const members = [colleague.id, other.id]
    boreas.run('delegation.grantMany', { shares, members, role: 'technical-manager' })
    const change = world.changesOf(boreas.id).at(-1)
    expect(change?.cause.members).toEqual(members)
    const projection = change && replica.knowledge && project(replica.knowledge, change)
    expect(projection?.cause).toMatchObject({ type: 'delegation.granted', shares, members: [colleague.id] })
    expect(projection?.facts).toHaveLength(1)
    expect(projection?.needsSnapshot).toBe(false)
  })

  it('O4: tells nothing but the membership once it has expired, announced or not', () => {
    const world = createWorld()
    const { helios, boreas, cooperation, colleague } = createScene(world)
    boreas.run('member.setExpiration', { member: colleague.id, expiresAt: '2026-03-02T10:00:00.000Z' })
    const replica = new Projected(world, colleague.id)
    world.advance({ hours: 2 })
    helios.run('cooperation.pause', { cooperation: cooperation.id })
    const [change] = world.changesOf(boreas.id, replica.version)
    const projection = change && replica.knowledge && project(replica.knowledge, change)
    expect(projection).toMatchObject({ isTold: false, facts: [], needsSnapshot: true })
  })
})
