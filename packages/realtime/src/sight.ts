import {
  isMembershipClosed,
  refOf,
  type Cause,
  type Change,
  type Fact,
  type FactChange,
  type Id,
} from '@drawbridge/core'
import type { Connection } from './connection.ts'
import { isReplayable, learn, project, type Knowledge } from './projection.ts'
import type { VersionedFacts } from './ports.ts'

/** What a change means for those who share a view. */
export interface Told {
  readonly isTold: boolean
  readonly facts: readonly FactChange[]
  readonly cause: Cause
  readonly needsSnapshot: boolean
}

/** Decides what a view's connections are told: the whole organization's changes, or one member's part. */
export interface Sight {
  /** Whether opening a view takes facts even where every connection continues after a cursor. */
  readonly needsFacts: boolean
  readonly role: 'admin' | 'member' | null
  read(): Promise<VersionedFacts>
  /** Takes a snapshot as what is known from now on. */
  learn(facts: readonly Fact[]): void
  /** Forgets everything, when nobody looks any more. */
  forget(): void
  /** Null when a change does not concern the view. */
  tell(change: Change): Told | null
  /** Whether a change that came before the facts learned can be told again. */
  canReplay(change: Change): boolean
  /** Whether a connection may not go on after a change, or after the facts that opened it. */
  ends(connection: Connection, after: Change | readonly Fact[]): boolean
}

/** The sight of dashboards and guards: everything, as long as the member is an active admin. */
export function seeOrganization(read: () => Promise<VersionedFacts>): Sight {
  return {
    needsFacts: false,
    role: null,
    read,
    learn: () => {},
    forget: () => {},
    tell: ({ facts, cause }) => ({ isTold: true, facts, cause, needsSnapshot: false }),
    canReplay: () => true,
    ends({ member }, after) {
      if (member === null) return false
      if (!('version' in after)) return !after.some((fact) => isActiveAdmin(fact, member, ''))
      const { type, members } = after.cause
      if (type === 'membership.expired' && members?.includes(member)) return true
      return after.facts.some((fact) =>
        'drop' in fact
          ? fact.drop.id === member
          : fact.put.id === member && !isActiveAdmin(fact.put, member, after.at),
      )
    },
  }
}

function isActiveAdmin(fact: Fact, member: Id, now: string): boolean {
  return (
    fact.type === 'member' && fact.id === member && fact.role === 'admin' && !isMembershipClosed(fact, now)
  )
}

/** By what an admin's sight is found, whom every change may concern. */
export const everyAdmin = 'every admin'

/** One member's sight, which keeps what the member knows. */
export class MemberSight implements Sight {
  readonly needsFacts = true
  readonly read: () => Promise<VersionedFacts>
  readonly #member: Id
  readonly #onKnown: (learned: Iterable<Id>, forgotten: Iterable<Id>) => void
  #knowledge: Knowledge | null = null
  /** By what changes find it: what it knows, or what every admin is found by. */
  #keys: Set<Id> = new Set()

  /** `onKnown` hears which facts concern this member from now on, and which no longer. */
  constructor(
    member: Id,
    read: () => Promise<VersionedFacts>,
    onKnown: (learned: Iterable<Id>, forgotten: Iterable<Id>) => void,
  ) {
    this.#member = member
    this.read = read
    this.#onKnown = onKnown
  }

  get role(): 'admin' | 'member' | null {
    return this.#knowledge?.self.role ?? null
  }

  learn(facts: readonly Fact[]): void {
    this.forget()
    this.#knowledge = learn(facts, this.#member)
    if (this.#knowledge === null) return
    this.#keys = this.role === 'admin' ? new Set([everyAdmin]) : this.#knowledge.known
    this.#onKnown(this.#keys, [])
  }

  forget(): void {
    this.#onKnown([], this.#keys)
    this.#keys = new Set()
    this.#knowledge = null
  }

  tell(change: Change): Told | null {
    if (this.#knowledge === null) return null
    const projection = project(this.#knowledge, change)
    if (projection === null) return null
    const { known, isReduced } = this.#knowledge
    for (const id of projection.learned) known.add(id)
    for (const id of projection.forgotten) known.delete(id)
    this.#knowledge = { self: projection.self, known, isReduced: isReduced && isMembership(projection.facts) }
    if (this.#keys === known) this.#onKnown(projection.learned, projection.forgotten)
    return projection
  }

  canReplay(change: Change): boolean {
    return this.#knowledge !== null && !this.#knowledge.isReduced && isReplayable(this.#knowledge, change)
  }

  ends(_: Connection, after: Change | readonly Fact[]): boolean {
    if (!('version' in after)) return this.#knowledge === null
    return after.facts.some((fact) => 'drop' in fact && fact.drop.id === this.#member)
  }
}

function isMembership(facts: readonly FactChange[]): boolean {
  return facts.every((fact) => ['organization', 'member'].includes(refOf(fact).type))
}
