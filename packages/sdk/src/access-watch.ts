import type { FactChange, Fact, Resource } from '@drawbridge/core'
import { endless } from './access-table.ts'
import { deny, type ClientDecision } from './decision.ts'
import { instantAt, type Replica } from './replica.ts'
import { touchedBy, type Resources } from './touched.ts'

/** A resource whose actions changed. */
export interface Difference {
  readonly resource: Resource
  readonly before: ClientDecision
  readonly after: ClientDecision
}

/** Resources as they stood before a change. */
export type Looked = ReadonlyMap<string, { readonly resource: Resource; readonly decision: ClientDecision }>

/** Tells what changes and time do to the own member's actions, each difference once. */
export class AccessWatch {
  readonly #replica: Replica
  /** Up to which database time, in milliseconds, all was told; NaN before the first lease. */
  #seenAt = Number.NaN
  /** The next instant after that at which a fact ends; null when it has to be looked for. */
  #deadline: number | null = null

  constructor(replica: Replica) {
    this.#replica = replica
  }

  /** Takes what is reached now as known, the first time that it can be told. */
  start(now: number): void {
    if (!Number.isNaN(this.#seenAt)) return
    this.#seenAt = now
    this.#deadline = null
  }

  /** How what a change touches stands before it is applied. */
  look(changes: readonly FactChange[]): Looked {
    const { member, facts } = this.#replica
    if (member === null || Number.isNaN(this.#seenAt)) return new Map()
    return this.#lookAt(touchedBy(changes, facts, member))
  }

  /** What a change has done, once it is applied. */
  compare(changes: readonly FactChange[], looked: Looked): readonly Difference[] {
    this.#deadline = null
    const { member, facts } = this.#replica
    if (member === null || Number.isNaN(this.#seenAt)) return []
    const touched = touchedBy(changes, facts, member)
    for (const [key, { resource }] of looked) touched.set(key, resource)
    return this.#differences(touched, looked)
  }

  /** What time alone has done since all was told. */
  pass(now: number): readonly Difference[] {
    const { member, facts } = this.#replica
    if (Number.isNaN(this.#seenAt) || now <= this.#seenAt) return []
    if (member === null || now < this.nextDeadline()) {
      this.#seenAt = now
      return []
    }
    const ended = [...this.#endings()]
      .filter(({ at }) => at > this.#seenAt && at <= now)
      .map(({ fact }) => ({ put: fact }))
    const looked = this.#lookAt(touchedBy(ended, facts, member))
    this.#seenAt = now
    this.#deadline = null
    return this.#differences(new Map([...looked].map(([key, { resource }]) => [key, resource])), looked)
  }

  /** When time alone can make the next difference, in milliseconds of database time. */
  nextDeadline(): number {
    this.#deadline ??= this.#findDeadline()
    return this.#deadline
  }

  #findDeadline(): number {
    let next = endless
    // A key has no access of its own to tell of.
    if (this.#replica.member === null) return next
    for (const { at } of this.#endings()) if (at > this.#seenAt && at < next) next = at
    return next
  }

  /** The facts that end, with when. */
  *#endings(): Iterable<{ readonly fact: Fact; readonly at: number }> {
    const { facts, member } = this.#replica
    const own = member === null ? undefined : facts.members.get(member)
    const tables = [own ? [own] : [], facts.cooperations.all(), facts.shares.all(), facts.delegations.all()]
    for (const table of tables) {
      for (const fact of table) {
        if (fact.expiresAt !== null) yield { fact, at: Date.parse(fact.expiresAt) }
      }
    }
  }

  #lookAt(resources: Resources): Looked {
    return new Map(
      [...resources].map(([key, resource]) => [key, { resource, decision: this.#decide(resource) }]),
    )
  }

  #differences(resources: Resources, looked: Looked): readonly Difference[] {
    const differences: Difference[] = []
    for (const [key, resource] of resources) {
      const after = this.#decide(resource)
      const before = looked.get(key)?.decision ?? deny('no_path', after.version)
      if (!isSame(before.actions, after.actions)) differences.push({ resource, before, after })
    }
    return differences
  }

  /** Every role can view, so that this decision is allowed as long as there is any action. */
  #decide(resource: Resource): ClientDecision {
    const decision = this.#replica.decide({ action: 'view', resource }, instantAt(this.#seenAt))
    return decision ?? deny('unknown', this.#replica.version)
  }
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((one) => b.includes(one))
}
