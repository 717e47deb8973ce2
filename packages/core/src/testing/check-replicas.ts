import type { Change } from '../change.ts'
import { FactSet } from '../fact-set.ts'
import type { Fact } from '../facts.ts'
import type { OrganizationId } from '../ids.ts'
import { organizationSnapshot } from '../snapshot.ts'
import { mayKnow } from './oracle.ts'
import type { Subject } from './subject.ts'
import type { World } from './world.ts'

/** One organization's facts, made from nothing but the changes it was told. */
export interface Replica {
  readonly organization: OrganizationId
  readonly facts: FactSet
  version: number
}

/** The replicas of every organization in a world. */
export class Replicas {
  readonly #all = new Map<OrganizationId, Replica>()

  /** Feeds each replica what its organization was told since, and answers all of them. */
  catchUp(world: World, subject: Subject): readonly Replica[] {
    for (const organization of world.organizations) {
      const replica = this.#all.get(organization) ?? { organization, facts: new FactSet(), version: 0 }
      this.#all.set(organization, replica)
      for (const change of world.changesOf(organization, replica.version)) {
        if (change.version !== replica.version + 1) throw new Error(`${organization} misses a version (V3)`)
        const before = new Set(replica.facts.all())
        subject.apply(replica.facts, change)
        checkCause(change, before.union(new Set(replica.facts.all())))
        replica.version = change.version
      }
    }
    return [...this.#all.values()]
  }
}

/** A replica holds what a fresh snapshot holds, which is what its organization may know (V1). */
export function checkReplica({ facts }: World, replica: Replica): void {
  const all = [...facts.all()]
  const snapshot = organizationSnapshot(facts, replica.organization)
  const allowed = new Set(all.filter((fact) => mayKnow(all, replica.organization, fact)))
  requireSame(snapshot, allowed, `the snapshot of ${replica.organization} (V1)`)
  requireSame(new Set(replica.facts.all()), snapshot, `the replica of ${replica.organization} (V2)`)
}

/** A cause names nothing that its reader does not know before or after. */
function checkCause({ cause, version }: Change, known: ReadonlySet<Fact>): void {
  const ids = new Set([...known].map(({ id }) => id))
  const { by, organizations = [], cooperation = by, shares = [], members = [], resource } = cause
  for (const id of [by, ...organizations, cooperation, ...shares, ...members, resource?.id ?? by]) {
    if (!ids.has(id)) throw new Error(`the cause ${cause.type} of version ${version} names the unknown ${id}`)
  }
}

function requireSame(found: ReadonlySet<Fact>, expected: ReadonlySet<Fact>, what: string): void {
  const [extra] = found.difference(expected)
  if (extra) throw new Error(`${what} holds too much: ${JSON.stringify(extra)}`)
  const [missing] = expected.difference(found)
  if (missing) throw new Error(`${what} lacks ${JSON.stringify(missing)}`)
}
