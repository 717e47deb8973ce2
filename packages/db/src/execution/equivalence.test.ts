import {
  FactSet,
  memberSnapshot,
  organizationSnapshot,
  refOf,
  type Change,
  type Fact,
  type FactChange,
} from '@drawbridge/core'
import { describe, expect, it } from 'vitest'
import { createRandom } from '../testing/random.ts'
import { randomStep } from '../testing/random-step.ts'
import { createTwin, type Twin } from '../testing/twin.ts'

const seeds = [1, 2, 3, 4]
const steps = 200

describe('commands on a database and in memory', () => {
  it.for(seeds)('V2: leave the same facts and tell the same changes (seed %i)', { timeout: 120_000 }, async (seed) => {
    await using twin = await createTwin()
    const { database, world } = twin
    const random = createRandom(seed)
    const told = new Map<string, number>()

    for (let step = 1; step <= steps; step += 1) {
      const chosen = randomStep(world.facts, { random, now: world.now })
      const { stored, inMemory } = await twin.perform(chosen)
      const label = `step ${step}: ${JSON.stringify(chosen)}`
      expect(stored, label).toBe(inMemory)
      expect(sorted(await twin.readFacts()), label).toEqual(sorted(world.facts.all()))
      const { changes } = await database.changes.poll(cursors(twin, told))
      for (const organization of world.organizations) {
        const expected = world.changesOf(organization, told.get(organization) ?? 0)
        expect(changes.get(organization)?.map(normalized), label).toEqual(expected.map(normalized))
        told.set(organization, world.versionOf(organization))
      }
    }
    await expectSnapshots(twin)
    await expectReplay(twin)
  })
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
    const [{ now } = { now: new Date(0) }] = await database.sql<{ now: Date }>('select clock_timestamp() as now')
    expect(sorted(facts)).toEqual(sorted(memberSnapshot(world.facts, id, now.toISOString())))
  }
}

/** Whoever applies an organization's log from the beginning knows its snapshot. */
async function expectReplay({ database, world }: Twin): Promise<void> {
  for (const organization of world.organizations) {
    const replica = new FactSet()
    for (let cursor = 0; cursor < world.versionOf(organization); ) {
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
