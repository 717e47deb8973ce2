import type { Change, FactChange } from '@drawbridge/core'
import type { ChangeMessage } from '@drawbridge/protocol/messages'
import { endless } from './access-table.ts'
import { AccessWatch } from './access-watch.ts'
import type { Access } from './access.ts'
import type { ChangeFeed } from './change-feed.ts'
import { startAlarm, type Clock } from './clock.ts'
import { compareFacts } from './compare-facts.ts'
import type { Events, Origin } from './events.ts'
import type { Lease } from './lease.ts'
import { instantAt, type Replica, type Snapshot } from './replica.ts'
import { Signals } from './signals.ts'

interface Parts {
  readonly replica: Replica
  readonly lease: Lease
  readonly access: Access
  readonly events: Events
  readonly feed: ChangeFeed
  readonly clock: Clock
}

/** Applies what was received, and what time does: first `can()`, then signals, then events, then the feed. */
export class Applier {
  readonly signals: Signals
  readonly #parts: Parts
  readonly #watch: AccessWatch
  #lastChange: Change | null = null
  #deadline = endless
  #cancelAlarm = () => {}

  constructor(parts: Parts) {
    this.#parts = parts
    this.#watch = new AccessWatch(parts.replica)
    this.signals = new Signals(parts.access, (until) => {
      if (until < this.#deadline) this.#armFor(until)
    })
  }

  replace(snapshot: Snapshot): void {
    const { replica } = this.#parts
    // A snapshot can follow the change that made it necessary (V3); that change then is its cause.
    const change = this.#lastChange?.version === snapshot.version ? this.#lastChange : null
    this.#write(compareFacts(replica.facts, snapshot.facts), {
      write: () => replica.replace(snapshot),
      origin: change ?? this.#withoutCause(snapshot.version),
    })
  }

  apply(message: ChangeMessage): void {
    const { replica, feed } = this.#parts
    const { cursor: _, previous: __, ...change } = message
    this.#lastChange = change
    this.#write(change.facts, { write: () => replica.apply(message), origin: change })
    feed.push(change)
  }

  /** To be called with every new lease: what time has done meanwhile can be told now. */
  leased(): void {
    this.#watch.start(this.#now())
    this.#tellPassed()
  }

  /** To be called once no lease is held any more: ends signals and feed for good. */
  close(): void {
    this.#cancelAlarm()
    this.signals.close()
    this.#parts.feed.end()
  }

  #write(changes: readonly FactChange[], { write, origin }: { write: () => void; origin: Origin }): void {
    const { access, events } = this.#parts
    const passed = this.#watch.pass(this.#now())
    const passedOrigin = this.#withoutCause(this.#parts.replica.version)
    const looked = this.#watch.look(changes)
    write()
    access.clear()
    this.signals.check()
    const differences = this.#watch.compare(changes, looked)
    this.#arm()
    events.tell(passed, passedOrigin)
    events.tell(differences, origin)
  }

  #tellPassed(): void {
    const { lease, events, replica } = this.#parts
    const now = lease.now()
    // Without a lease nothing is known to be so; the next lease brings this here again.
    if (Number.isNaN(now)) return
    this.signals.check()
    const passed = this.#watch.pass(now)
    this.#arm()
    events.tell(passed, this.#withoutCause(replica.version))
  }

  #arm(): void {
    this.#armFor(Math.min(this.#watch.nextDeadline(), this.signals.nextDeadline()))
  }

  #armFor(deadline: number): void {
    this.#cancelAlarm()
    this.#deadline = deadline
    if (!Number.isFinite(deadline)) return
    this.#cancelAlarm = startAlarm(
      this.#parts.clock,
      () => deadline - this.#now(),
      () => this.#tellPassed(),
    )
  }

  #withoutCause(version: number): Origin {
    const now = this.#now()
    const at = instantAt(Number.isNaN(now) ? this.#parts.clock.wall() : now)
    return { act: null, cause: null, at, version }
  }

  /** Database time in milliseconds; without a lease as well as it is known, and NaN before the first. */
  #now(): number {
    const { lease } = this.#parts
    const now = lease.now()
    return Number.isNaN(now) ? lease.estimate() : now
  }
}
