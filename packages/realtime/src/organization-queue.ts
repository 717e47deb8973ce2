import { isExpired, type Change, type OrganizationId } from '@drawbridge/core'
import { elapsed, momentOf, type Clock } from './clock.ts'
import type { Connection, Renewal } from './connection.ts'
import { Delivery } from './delivery.ts'
import { ChangeFrames } from './frames.ts'
import { leaseTerms, type Proof } from './lease.ts'
import { readOpening, type Opening } from './opening.ts'
import { OrderedQueue } from './ordered-queue.ts'
import type { ChangeSource, Log } from './ports.ts'
import { tellChange, tellOpening } from './telling.ts'
import { ViewIndex } from './view-index.ts'
import type { View } from './view.ts'

export interface OrganizationQueueOptions {
  readonly source: ChangeSource
  /** How long a lease lasts at most, in milliseconds. */
  readonly leaseMs: number
  readonly log: Log
  readonly clock: Clock
  /** Asks for the next poll at once. */
  readonly wake: () => void
  /** Hears of connections that were told all for the first time, to have their credentials checked again. */
  readonly onJoined: (connections: readonly Connection[]) => void
}

/** What a poll answered about one organization. */
export interface Polled {
  readonly proof: Proof
  readonly head: number | undefined
  readonly changes: readonly Change[]
}

/**
 * Everything that one organization's connections on this node are told, in one order: changes, openings and leases
 * pass one queue, so that no lease and no later change overtakes.
 */
export class OrganizationQueue {
  readonly id: OrganizationId
  readonly #options: OrganizationQueueOptions
  readonly #queue: OrderedQueue
  readonly #views: ViewIndex
  readonly #renewing = new Set<Connection>()
  /** The views that read a snapshot, which buffer every change. */
  readonly #opening = new Set<View>()
  readonly #failed = new Set<View>()
  /** Up to where every live connection was told everything; null until the first opening. */
  #version: number | null = null
  /** Up to where changes are in the queue. */
  #received: number | null = null
  #proof: Proof | null = null
  /** Openings read ahead of the changes told. */
  #early: Opening[] = []
  /** Counts new starts; what was read before one is worth nothing. */
  #generation = 0

  constructor(id: OrganizationId, options: OrganizationQueueOptions) {
    this.id = id
    this.#options = options
    this.#views = new ViewIndex(id, options.source)
    this.#queue = new OrderedQueue((error) => {
      options.log.error(
        { organization: id, error },
        'telling an organization failed; its connections start anew',
      )
      this.#restart()
    })
  }

  /** After which version to poll; null while nothing has to be. */
  get cursor(): number | null {
    return this.#received
  }

  get isEmpty(): boolean {
    return this.#views.isEmpty
  }

  join(connection: Connection): void {
    const view = this.#views.of(connection)
    view.waiting.add(connection)
    this.#open(view)
  }

  leave(connection: Connection): void {
    this.#views.delete(connection)
    this.#renewing.delete(connection)
  }

  /** Takes what a poll after `cursor` answered; says whether to poll again at once. */
  receive(cursor: number, { proof, head, changes }: Polled): boolean {
    if (this.#received !== cursor) return true
    const last = changes.at(-1)?.version ?? cursor
    const isGapless = changes.every(({ version }, index) => version === cursor + 1 + index)
    if (head === undefined || !isGapless || head < cursor || (head > cursor && last === cursor)) {
      this.#options.log.warn({ organization: this.id, cursor, head }, 'the change log does not continue')
      this.#push(() => this.#restart())
      return false
    }
    for (const change of changes) this.#push(() => this.#tell(change))
    this.#received = last
    if (last < head) return true
    this.#push(() => this.#prove(proof))
    return false
  }

  /** Answers with a lease, after all that is in the queue, as soon as one can be given. */
  renew(connection: Connection, renewal: Renewal): void {
    connection.renewal = renewal
    this.#renewing.add(connection)
    this.#push(() => this.#answer(connection))
  }

  /** To be called when a connection's credential was found to hold after it joined. */
  verified(connection: Connection): void {
    this.#push(() => this.#answer(connection))
  }

  /** Tries reads again that failed. */
  retry(): void {
    const failed = [...this.#failed]
    this.#failed.clear()
    for (const view of failed) this.#reopen(view)
  }

  #push(task: () => void | Promise<void>): void {
    const generation = this.#generation
    this.#queue.push(() => (generation === this.#generation ? task() : undefined))
  }

  #open(view: View): void {
    if (view.buffer !== null) return
    view.buffer = []
    this.#opening.add(view)
    const at = { from: this.#version, generation: this.#generation }
    readOpening(view, { organization: this.id, source: this.#options.source }, at).then(
      (opening) => this.#queue.push(() => this.#deliver(opening)),
      (error: unknown) => {
        this.#options.log.error({ organization: this.id, error }, 'a snapshot could not be read')
        if (at.generation === this.#generation) this.#failed.add(view)
      },
    )
  }

  async #deliver(opening: Opening): Promise<void> {
    const { view, version, from, joining } = opening
    if (opening.generation !== this.#generation) return
    if (version === null || view.isEmpty) {
      for (const connection of joining) connection.since = null
      return this.#reopen(view)
    }
    if (opening.facts?.length === 0) {
      for (const connection of joining) connection.goodbye('role_changed', false)
      return this.#reopen(view)
    }
    if (from !== null && version < from) return this.#restart()
    if (this.#version === null) {
      this.#version = this.#received = version
      this.#options.wake()
    }
    // Where none was told anything yet nothing was buffered, so what another opening was ahead by is missing.
    if (from === null && version < this.#version) return this.#reopen(view)
    if (version > this.#version) {
      this.#early.push(opening)
      return this.#options.wake()
    }
    const delivery = new Delivery()
    const { id: organization } = this
    const { epoch } = this.#options.source
    const told = tellOpening({ ...opening, version }, { epoch, organization, delivery })
    const later = (view.buffer ?? []).filter((change) => change.version > version)
    const isComplete = later.every((change) => tellChange(view, change, { to: told, delivery }))
    for (const connection of isComplete ? told : []) {
      view.waiting.delete(connection)
      view.live.add(connection)
    }
    this.#reopen(view)
    await delivery.run()
    for (const connection of told) connection.isJoined = true
    this.#options.onJoined(told.filter(({ verified }) => verified === null))
    for (const connection of told) this.#answer(connection)
  }

  #reopen(view: View): void {
    view.buffer = null
    this.#opening.delete(view)
    if (view.waiting.size > 0) this.#open(view)
  }

  async #tell(change: Change): Promise<void> {
    this.#version = change.version
    const delivery = new Delivery()
    const frames = new ChangeFrames(change)
    for (const view of this.#opening) view.buffer?.push(change)
    for (const view of this.#views.concernedBy(change)) {
      if (view.live.size === 0) continue
      if (tellChange(view, change, { to: view.live, delivery, frames })) continue
      view.suspend()
      this.#open(view)
    }
    await delivery.run()
    const ready = this.#early.filter(({ version }) => (version ?? 0) <= change.version)
    this.#early = this.#early.filter((opening) => !ready.includes(opening))
    for (const opening of ready) await this.#deliver(opening)
  }

  #prove(proof: Proof): void {
    this.#proof = proof
    for (const { live, waiting } of this.#views.all()) {
      for (const connection of [...live, ...waiting]) {
        if (isExpired(connection.endsAt, proof.now)) connection.goodbye('credential_ended', true)
      }
    }
    for (const connection of this.#renewing) this.#answer(connection)
  }

  /** Gives the lease that a connection waits for, once it was told everything and its credential was checked. */
  #answer(connection: Connection): void {
    const { renewal, verified, endsAt: expiresAt, last } = connection
    const isLive = this.#views.find(connection)?.live.has(connection)
    if (renewal === null || verified === null || !isLive || !connection.isOpen) return
    if (this.#proof === null || this.#version === null) return
    const { received, n } = renewal
    const terms = leaseTerms(this.#options.leaseMs, { proof: this.#proof, verified, expiresAt, received })
    if (terms !== null) connection.sendLease({ n, last, complete: this.#version, ...terms })
    else if (elapsed(received, momentOf(this.#options.clock)) < this.#options.leaseMs) return
    connection.renewal = null
    this.#renewing.delete(connection)
  }

  /** Starts anew where the log does not continue: every connection gets a fresh snapshot. */
  #restart(): void {
    this.#generation += 1
    this.#version = null
    this.#received = null
    this.#proof = null
    this.#early = []
    this.#failed.clear()
    for (const view of this.#views.all()) {
      view.suspend()
      this.#reopen(view)
    }
  }
}
