import type { Channel } from './channel.ts'
import type { Clock } from './clock.ts'
import type { Sent } from './lease.ts'

/** How many renewals may go at once, and how many a second after that: a server closes a connection that sends many more. */
const burst = 4
const perSecond = 3

/** Asks one connection for leases, and remembers when each was asked for. */
export class Renewals {
  readonly #clock: Clock
  #n = 0
  #credit = burst
  #creditAt = 0
  #token: string | undefined
  #cancelLater: (() => void) | null = null
  readonly #asked = new Map<number, Sent>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Forgets everything, because a new connection counts anew. */
  reset(): void {
    this.#cancelLater?.()
    this.#cancelLater = null
    this.#n = 0
    this.#credit = burst
    this.#creditAt = this.#clock.monotonic()
    this.#token = undefined
    this.#asked.clear()
  }

  /** Sends now, or as soon as it may; what is asked for meanwhile goes with it. */
  send(channel: () => Channel | null, token?: string): void {
    this.#token = token ?? this.#token
    if (this.#cancelLater !== null) return
    const wait = this.#takeCredit()
    if (wait === 0) return this.#sendNow(channel())
    this.#cancelLater = this.#clock.after(wait, () => {
      this.#cancelLater = null
      this.send(channel)
    })
  }

  /** When `renew n` was sent; null when it is unknown, or answered, or overtaken by a later one. */
  take(n: number): Sent | null {
    const sent = this.#asked.get(n) ?? null
    for (const older of this.#asked.keys()) if (older <= n) this.#asked.delete(older)
    return sent
  }

  #sendNow(channel: Channel | null): void {
    if (channel === null) return
    const token = this.#token
    this.#token = undefined
    this.#n += 1
    // The clocks are read before sending, so that the lease is counted from no later than that.
    this.#asked.set(this.#n, { monotonic: this.#clock.monotonic(), wall: this.#clock.wall() })
    channel.renew({ n: this.#n, ...(token !== undefined && { token }) })
  }

  /** Zero when one may go now, else in how many milliseconds to ask again. */
  #takeCredit(): number {
    const now = this.#clock.monotonic()
    this.#credit = Math.min(burst, this.#credit + ((now - this.#creditAt) / 1_000) * perSecond)
    this.#creditAt = now
    if (this.#credit < 1) return Math.ceil(((1 - this.#credit) / perSecond) * 1_000)
    this.#credit -= 1
    return 0
  }
}
