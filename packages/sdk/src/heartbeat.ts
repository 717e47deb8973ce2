import type { Clock } from './clock.ts'

const everyMs = 4_000
const atMostEveryMs = 100

/** Beats while the bridge is open, often enough that two answers may be late before a lease ends. */
export class Heartbeat {
  readonly #clock: Clock
  readonly #beat: () => void
  #every = everyMs
  #cancel = () => {}

  constructor(clock: Clock, beat: () => void) {
    this.#clock = clock
    this.#beat = beat
    this.#schedule()
  }

  /** Beats as often as leases of this length need. */
  adapt(leaseMs: number): void {
    const every = Math.min(everyMs, Math.max(leaseMs / 3, atMostEveryMs))
    if (every === this.#every) return
    this.#every = every
    this.#cancel()
    this.#schedule()
  }

  stop(): void {
    this.#cancel()
  }

  #schedule(): void {
    this.#cancel = this.#clock.after(this.#every, () => {
      this.#schedule()
      this.#beat()
    })
  }
}
