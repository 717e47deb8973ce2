import type { Instant } from '@drawbridge/core'
import type { Clock } from './clock.ts'

/** By how much the two clocks may differ over a lease, in milliseconds, before neither is believed. */
const maxDivergenceMs = 2_000

/** When a `renew` was sent, by both clocks. */
export interface Sent {
  readonly monotonic: number
  readonly wall: number
}

/** Why a lease is no longer held. */
export type LeaseEnd = 'expired' | 'clock_jump'

/** The proof that the replica is current, counted from the sending of `renew` on both clocks, and the database's time that came with it. */
export class Lease {
  readonly #clock: Clock
  readonly #onEnd: (why: LeaseEnd) => void
  #sent: Sent = { monotonic: 0, wall: 0 }
  #leaseMs = 0
  #dbNow = Number.NaN
  /** Database time does not go back when a later answer was quicker, so that what expired stays expired. */
  #floor = Number.NEGATIVE_INFINITY

  constructor(clock: Clock, onEnd: (why: LeaseEnd) => void) {
    this.#clock = clock
    this.#onEnd = onEnd
  }

  grant(sent: Sent, { leaseMs, dbNow }: { readonly leaseMs: number; readonly dbNow: Instant }): void {
    const held = this.now()
    const before = Number.isNaN(held) ? this.estimate() : held
    const now = Date.parse(dbNow)
    this.#sent = sent
    // Without a time, no deadline could close.
    this.#leaseMs = Number.isNaN(now) ? 0 : leaseMs
    this.#dbNow = now
    if (!Number.isNaN(before)) this.#floor = Math.max(this.#floor, before)
  }

  drop(): void {
    this.#leaseMs = 0
  }

  /**
   * The database's time in milliseconds while the lease holds, else NaN, which compares as not before any deadline.
   * It is at or ahead of the real one, by up to a round trip: deadlines close early, never late.
   */
  now(): number {
    const monotonic = this.#clock.monotonic() - this.#sent.monotonic
    const wall = this.#clock.wall() - this.#sent.wall
    const elapsed = monotonic > wall ? monotonic : wall
    // Asked in this direction so that a value that is not a number ends the lease.
    if (elapsed < this.#leaseMs && Math.abs(monotonic - wall) <= maxDivergenceMs) {
      const now = this.#dbNow + elapsed
      return now > this.#floor ? now : this.#floor
    }
    if (this.#leaseMs !== 0) {
      this.#end(Math.abs(monotonic - wall) > maxDivergenceMs ? 'clock_jump' : 'expired')
    }
    return Number.NaN
  }

  isHeld(): boolean {
    return !Number.isNaN(this.now())
  }

  /** Whether there ever was one. */
  isKnown(): boolean {
    return !Number.isNaN(this.#dbNow)
  }

  /** The database's time in milliseconds as well as it is known without a lease; NaN before the first. For events, never for access. */
  estimate(): number {
    return Math.max(this.#dbNow + this.#clock.monotonic() - this.#sent.monotonic, this.#floor)
  }

  /** Milliseconds until the lease ends by itself. */
  remaining(): number {
    const monotonic = this.#clock.monotonic() - this.#sent.monotonic
    const wall = this.#clock.wall() - this.#sent.wall
    return this.#leaseMs - Math.max(monotonic, wall)
  }

  /** Once seen to have ended, a lease does not come back when a clock does. */
  #end(why: LeaseEnd): void {
    this.#leaseMs = 0
    this.#onEnd(why)
  }
}
