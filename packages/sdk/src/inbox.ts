import type { Fact } from '@drawbridge/core'
import type { Audience, ChangeMessage, Handshake, SnapshotMessage } from '@drawbridge/protocol/messages'
import type { Replica, Snapshot } from './replica.ts'

/** What a message means for the replica. */
export type Received =
  | { readonly step: 'replace'; readonly snapshot: Snapshot }
  | { readonly step: 'apply'; readonly change: ChangeMessage }
  /** Something was lost or out of order: only a fresh snapshot helps. */
  | { readonly step: 'broken'; readonly why: string }

/**
 * Puts one connection's messages in order: parts into a snapshot, changes after it, nothing older. Nothing may be
 * applied on top of a gap, because a lease then would prove a replica that misses something.
 */
export class Inbox {
  readonly #replica: Replica
  readonly #audience: Audience
  /** What the replica held before this connection's first change; that much may be told again. */
  #base: number
  #parts: { readonly first: SnapshotMessage; readonly facts: Fact[]; count: number } | null = null
  #held: ChangeMessage[] = []
  #isStarted = false
  /** Without `since` the connection starts with a snapshot, and what the replica held before proves nothing. */
  #awaitsSnapshot: boolean

  constructor(replica: Replica, { audience, since }: Pick<Handshake, 'audience' | 'since'>) {
    this.#replica = replica
    this.#audience = audience
    this.#base = replica.version
    this.#awaitsSnapshot = since === undefined
  }

  *takePart(message: SnapshotMessage): Iterable<Received> {
    this.#isStarted = true
    const { part, parts } = message
    if (part === 0) {
      this.#parts = { first: message, facts: [], count: 0 }
      this.#held = []
    }
    const taken = this.#parts
    if (taken === null || taken.count !== part || taken.first.version !== message.version) {
      this.#parts = null
      yield { step: 'broken', why: `part ${part} of a snapshot came out of order` }
      return
    }
    taken.facts.push(...message.facts)
    taken.count += 1
    if (taken.count < parts) return
    this.#parts = null
    const { version, cursor, organization, member } = taken.first
    const snapshot = { version, cursor, organization, member, facts: taken.facts }
    if (this.#replica.isSameView(snapshot) && version < this.#replica.version) {
      yield { step: 'broken', why: `a snapshot at version ${version} came after ${this.#replica.version}` }
      return
    }
    this.#base = version
    this.#awaitsSnapshot = false
    yield { step: 'replace', snapshot }
    for (const change of this.#held.splice(0)) yield* this.takeChange(change)
  }

  *takeChange(change: ChangeMessage): Iterable<Received> {
    this.#isStarted = true
    if (this.#parts !== null) {
      this.#held.push(change)
      return
    }
    const { version } = this.#replica
    if (!this.#awaitsSnapshot && (change.version <= this.#base || change.version === version)) return
    if (this.#awaitsSnapshot || !this.#follows(change)) {
      yield { step: 'broken', why: `a change at version ${change.version} came after ${version}` }
      return
    }
    yield { step: 'apply', change }
  }

  /** Whether a lease that names `last` proves the replica, has to wait for what is under way, or shows a loss. */
  judge(last: number): 'proven' | 'early' | 'broken' {
    if (this.#parts !== null) return last === this.#parts.first.version ? 'broken' : 'early'
    if (this.#awaitsSnapshot) return 'early'
    if (last === this.#replica.version) return 'proven'
    return this.#isStarted || last > this.#replica.version ? 'broken' : 'early'
  }

  /** Versions of an organization have no gaps; a member is told only of those that concern it, each with the one before. */
  #follows({ version, previous }: ChangeMessage): boolean {
    const applied = this.#replica.version
    if (previous !== undefined && previous !== applied) return false
    return this.#audience === 'organization' ? version === applied + 1 : version > applied
  }
}
