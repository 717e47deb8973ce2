import type { Action, Resource } from '@drawbridge/core'
import { AccessTable, denied, endless } from './access-table.ts'
import { deny, type ClientDecision, type DecideOptions } from './decision.ts'
import type { Lease } from './lease.ts'
import { listReached, type ListFilter, type ReachedResource } from './reached-resources.ts'
import { instantAt, type Replica } from './replica.ts'

/** Names come from the caller, as ids do. */
const mostMembers = 10_000

/** Answers from the replica while the lease holds, and denies otherwise; asks both at each call. */
export class Access {
  readonly #replica: Replica
  readonly #lease: Lease
  #own = new AccessTable()
  readonly #others = new Map<string, AccessTable>()

  constructor(replica: Replica, lease: Lease) {
    this.#replica = replica
    this.#lease = lease
  }

  can(action: Action, resource: Resource, options?: DecideOptions): boolean {
    const table = options?.member === undefined ? this.#own : this.#tableOf(options.member)
    const now = this.#lease.now()
    return now < (table.get(action, resource) ?? this.#find({ action, resource, options, table, now }))
  }

  /** Until when access stands, in milliseconds of database time; before any time when it is denied. */
  until(action: Action, resource: Resource, options?: DecideOptions): number {
    const { validUntil, allowed } = this.decide(action, resource, options)
    return allowed ? deadlineOf(validUntil) : denied
  }

  decide(action: Action, resource: Resource, { member }: DecideOptions = {}): ClientDecision {
    const { version } = this.#replica
    if (!this.#replica.isLoaded() || !this.#lease.isKnown()) return deny('unknown', 0)
    const now = this.#lease.now()
    if (Number.isNaN(now)) return deny('stale', version)
    return this.#replica.decide({ action, resource, member }, instantAt(now)) ?? deny('unknown', version)
  }

  /** The resources that a member reaches now; none when that cannot be said. */
  list({ member, ...filter }: ListFilter & DecideOptions = {}): readonly ReachedResource[] {
    const now = this.#lease.now()
    const id = this.#replica.memberId(member)
    if (id === null || Number.isNaN(now)) return []
    const { facts, version } = this.#replica
    return listReached(facts, { ...filter, member: id }, { now: instantAt(now), version })
  }

  /** Forgets what was found, because the facts changed. */
  clear(): void {
    this.#own = new AccessTable()
    this.#others.clear()
  }

  #find({ action, resource, options, table, now }: Search): number {
    if (Number.isNaN(now)) return denied
    const member = options?.member
    const decision = this.#replica.decide({ action, resource, member }, instantAt(now))
    const until = decision?.allowed ? deadlineOf(decision.validUntil) : denied
    table.set(action, resource, until)
    return until
  }

  #tableOf(member: NonNullable<DecideOptions['member']>): AccessTable {
    const key = typeof member === 'string' ? member : `external ${member.externalId}`
    let table = this.#others.get(key)
    if (table === undefined) {
      if (this.#others.size >= mostMembers) this.#others.clear()
      table = new AccessTable()
      this.#others.set(key, table)
    }
    return table
  }
}

interface Search {
  readonly action: Action
  readonly resource: Resource
  readonly options: DecideOptions | undefined
  readonly table: AccessTable
  readonly now: number
}

/** A deadline in milliseconds; null is never. */
function deadlineOf(validUntil: string | null): number {
  return validUntil === null ? endless : Date.parse(validUntil)
}
