import { isDrawbridgeError, type ErrorCode } from '../errors.ts'
import type { Fact } from '../facts.ts'
import type { OrganizationId } from '../ids.ts'
import { checkDecisions, checkMemberSnapshots, checkReplicaDecisions } from './check-decisions.ts'
import { checkInvariants } from './check-invariants.ts'
import { checkNeeds } from './check-needs.ts'
import { checkReplica, Replicas } from './check-replicas.ts'
import { organizationSnapshot } from '../snapshot.ts'
import { createParty } from './party.ts'
import { randomStep, type Step } from './random-step.ts'
import { product, type Subject } from './subject.ts'
import { createWorld, type Performed, type World } from './world.ts'

/** How often each command succeeded or changed something, and each refusal was given. */
export interface Tally {
  readonly succeeded: Map<string, number>
  readonly refused: Map<ErrorCode, number>
}

export interface HistoryOptions {
  /** What is put to the test; null to play without checking. */
  readonly subject?: Subject | null
  readonly tally?: Tally
}

/** Plays a random history, and throws at the first step after which something is not as the rules say. */
export function playHistory(
  steps: readonly (readonly number[])[],
  { subject = product, tally = createTally() }: HistoryOptions = {},
): void {
  const world = createPopulatedWorld()
  const replicas = new Replicas()
  const story: string[] = []
  for (const numbers of steps) {
    const step = randomStep(world, numbers)
    try {
      if (!play(world, step, tally)) continue
      story.push(JSON.stringify(step))
      if (subject !== null) check(world, replicas, subject)
    } catch (cause) {
      const told = [...story, JSON.stringify(step)].join('\n')
      throw new Error(`${String(cause)}\nafter\n${told}`, { cause })
    }
  }
}

function check(world: World, replicas: Replicas, subject: Subject): void {
  checkInvariants(world.facts)
  checkDecisions(world, subject)
  checkMemberSnapshots(world, subject)
  for (const replica of replicas.catchUp(world, subject)) {
    checkReplica(world, replica)
    checkReplicaDecisions(world, replica, subject)
  }
}

export function createTally(): Tally {
  return { succeeded: new Map(), refused: new Map() }
}

/** Plays one step, and answers whether anything may decide otherwise than before. */
function play(world: World, step: Step, tally: Tally): boolean {
  if (step.kind === 'clock') {
    world.now = step.now
    return true
  }
  checkNeeds(world.facts, step.command, { actor: step.actor, now: world.now })
  const before = standingOf(world)
  try {
    const performed = world.execute(step.command, step.actor)
    if (performed.act === null) requireUnchanged(before, standingOf(world))
    else {
      count(tally.succeeded, step.command.type)
      checkTold(performed, before, standingOf(world))
    }
    return performed.act !== null
  } catch (error) {
    if (!isDrawbridgeError(error)) throw error
    count(tally.refused, error.code)
    requireUnchanged(before, standingOf(world))
    return false
  }
}

/** Three organizations with people, parks and portfolios, two of the three pairs cooperating. */
function createPopulatedWorld(): World {
  const world = createWorld()
  const [helios, borealis, zephyr] = [
    createParty(world, 'Helios', 'Europe/Berlin'),
    createParty(world, 'Borealis'),
    createParty(world, 'Zephyr', 'America/Santiago'),
  ]
  for (const party of [helios, borealis, zephyr]) {
    party.join('Second', party === borealis ? 'admin' : 'member')
    party.provision('person-0')
    party.portfolio(party.park('North'), party.park('South'))
  }
  helios.cooperate(borealis)
  zephyr.cooperate(helios)
  return world
}

interface Standing {
  readonly facts: ReadonlySet<Fact>
  readonly known: ReadonlyMap<OrganizationId, ReadonlySet<Fact>>
  readonly versions: ReadonlyMap<OrganizationId, number>
}

function standingOf(world: World): Standing {
  const { organizations } = world
  return {
    facts: new Set(world.facts.all()),
    known: new Map(organizations.map((id) => [id, organizationSnapshot(world.facts, id)])),
    versions: new Map(organizations.map((id) => [id, world.versionOf(id)])),
  }
}

function requireUnchanged(before: Standing, after: Standing): void {
  if (before.facts.symmetricDifference(after.facts).size > 0) throw new Error('facts changed without an act')
  for (const [id, version] of after.versions) {
    if (before.versions.get(id) !== version) throw new Error(`${id} was told without an act`)
  }
}

/** Told are exactly those whose snapshot differs, each by one version (V2, V3). */
function checkTold({ told }: Performed, before: Standing, after: Standing): void {
  const differs = [...after.known].filter(([id, known]) => {
    return known.symmetricDifference(before.known.get(id) ?? new Set()).size > 0
  })
  const expected = differs.map(([id]) => id).toSorted()
  const found = told.map(({ organization }) => organization).toSorted()
  if (expected.join() !== found.join()) throw new Error(`told ${found.join()}, not ${expected.join()}`)
  for (const [id, version] of after.versions) {
    const step = version - (before.versions.get(id) ?? 0)
    if (step !== (found.includes(id) ? 1 : 0)) throw new Error(`${id} moved by ${step} versions (V3)`)
  }
}

function count<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}
