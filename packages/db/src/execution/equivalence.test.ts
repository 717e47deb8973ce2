import {
  FactSet,
  memberSnapshot,
  organizationSnapshot,
  refOf,
  type Change,
  type Fact,
  type FactChange,
  type Instant,
} from '@drawbridge/core'
import { describe, expect, it } from 'vitest'
import { createNumbers } from '../testing/numbers.ts'
import { populate } from '../testing/populate.ts'
import { createTwin, type Twin } from '../testing/twin.ts'

const seeds = [1, 2, 3, 4]
const steps = 150

describe('commands on a database and in memory', () => {
  it.for(seeds)(
    'V2: leave the same facts and tell the same changes (seed %i)',
    { timeout: 120_000 },
    async (seed) => {
      await using twin = await createTwin(daysAgo(3))
      await populate(twin)
      const { database, world } = twin
      const numbers = createNumbers(seed)
      const told = new Map<string, number>()

      for (let count = 1; count <= steps; count += 1) {
        const { step, stored, inMemory } = await twin.step(numbers())
        const { changes } = await database.changes.poll(cursors(twin, told))
        const expected = new Map(
          world.organizations.map((id) => [id, world.changesOf(id, told.get(id) ?? 0).map(normalized)]),
        )
        // One comparison, so that a failure shows after which step the two part.
        expect({
          step,
          result: stored,
          facts: sorted(await twin.readFacts()),
          told: new Map([...changes].map(([id, log]) => [id, log.map(normalized)])),
        }).toEqual({ step, result: inMemory, facts: sorted(world.facts.all()), told: expected })
        for (const id of world.organizations) told.set(id, world.versionOf(id))
      }
      await expectSnapshots(twin)
      await expectReplay(twin)
    },
  )
})

/** Every snapshot that SQL gathers is the one that the rule takes from all facts. */
async function expectSnapshots({ database, world }: Twin): Promise<void> {
  for (const organization of world.organizations) {
    const { version, facts } = await database.changes.organizationSnapshot(organization)
    expect(version).toBe(world.versionOf(organization))
    expect(sorted(facts)).toEqual(sorted(organizationSnapshot(world.facts, organization)))
  }
  for (const { id, organization } of world.facts.members.all()) {
    const { version, facts } = await database.changes.memberSnapshot(id)
    expect(version).toBe(world.versionOf(organization))
    const [{ now } = { now: new Date(0) }] = await database.sql<{ now: Date }>(
      'select clock_timestamp() as now',
    )
    expect(sorted(facts)).toEqual(sorted(memberSnapshot(world.facts, id, now.toISOString())))
  }
}

/** Whoever applies an organization's log from the beginning knows its snapshot. */
async function expectReplay({ database, world }: Twin): Promise<void> {
  for (const organization of world.organizations) {
    const replica = new FactSet()
    for (let cursor = 0; cursor < world.versionOf(organization);) {
      const { changes } = await database.changes.poll(new Map([[organization, cursor]]))
      for (const { version, facts } of changes.get(organization) ?? []) {
        expect(version).toBe(cursor + 1)
        replica.apply(facts)
        cursor = version
      }
    }
    expect(sorted(replica.all())).toEqual(sorted(organizationSnapshot(world.facts, organization)))
  }
}

function daysAgo(days: number): Instant {
  return new Date(Date.now() - days * 86_400_000).toISOString()
}

function cursors({ world }: Twin, told: ReadonlyMap<string, number>): Map<string, number> {
  return new Map(world.organizations.map((organization) => [organization, told.get(organization) ?? 0]))
}

function sorted(facts: Iterable<Fact>): readonly Fact[] {
  return [...facts].toSorted((a, b) => (a.id < b.id ? -1 : 1))
}

/** The order of facts within a change says nothing. */
function normalized({ cause, facts, ...change }: Change) {
  const key = (one: FactChange) => `${refOf(one).type} ${refOf(one).id}`
  return {
    ...change,
    cause: { ...cause, shares: cause.shares?.toSorted(), members: cause.members?.toSorted() },
    facts: facts.toSorted((a, b) => (key(a) < key(b) ? -1 : 1)),
  }
}
