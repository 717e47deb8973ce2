import {
  decide,
  FactSet,
  type Action,
  type Change,
  type Decision,
  type Fact,
  type Instant,
} from '@drawbridge/core'
import type { MemberId, OrganizationId, Resource } from '@drawbridge/core'
import type { MemberName } from './decision.ts'

/** All parts of a snapshot, put together. */
export interface Snapshot {
  readonly version: number
  readonly cursor: string
  readonly organization: OrganizationId
  readonly member: MemberId | null
  readonly facts: readonly Fact[]
}

/** What the server told, as facts at one version; decides by the core's rule and nothing else. */
export class Replica {
  #snapshot: Omit<Snapshot, 'facts'> | null = null
  #facts = new FactSet()

  /** The version applied last; -1 before the first snapshot, so that any is newer. */
  get version(): number {
    return this.#snapshot?.version ?? -1
  }

  /** Where to continue; undefined when only a snapshot can follow, which the server says by an empty cursor. */
  get cursor(): string | undefined {
    return this.#snapshot?.cursor === '' ? undefined : this.#snapshot?.cursor
  }

  /** The connection's own member; null for a key, or before the first snapshot. */
  get member(): MemberId | null {
    return this.#snapshot?.member ?? null
  }

  get facts(): FactSet {
    return this.#facts
  }

  isLoaded(): boolean {
    return this.#snapshot !== null
  }

  /** Whether a snapshot is of the same view; versions of another one do not compare. */
  isSameView({ organization, member }: Snapshot): boolean {
    return this.#snapshot?.organization === organization && this.#snapshot.member === member
  }

  /** Replaces everything at once. */
  replace({ facts, ...snapshot }: Snapshot): void {
    this.#facts = new FactSet(facts)
    this.#snapshot = snapshot
  }

  /** Applies what is newer; an older version alters nothing. */
  apply({ version, cursor, facts }: Change & { readonly cursor: string }): void {
    if (this.#snapshot === null || version <= this.#snapshot.version) return
    this.#facts.apply(facts)
    this.#snapshot = { ...this.#snapshot, version, cursor }
  }

  /** Decides at an instant; null when no member is meant that the facts know. */
  decide(
    { action, resource, member }: { action: Action; resource: Resource; member?: MemberName | undefined },
    now: Instant,
  ): Decision | null {
    const id = this.memberId(member)
    if (id === null) return null
    return decide(this.#facts, { member: id, action, resource }, { now, version: this.version })
  }

  /** The member that is meant; null when there is none. */
  memberId(name: MemberName | undefined): MemberId | null {
    if (name === undefined) return this.member
    if (typeof name === 'string') return name
    const own = this.#snapshot?.organization
    const named = this.#facts.members.by('externalId', name.externalId)
    return named.find((member) => member.organization === own)?.id ?? null
  }
}

/** Database time in milliseconds as an instant, rounded up so that no deadline is missed by a fraction. */
export function instantAt(now: number): Instant {
  return new Date(Math.ceil(now)).toISOString()
}
