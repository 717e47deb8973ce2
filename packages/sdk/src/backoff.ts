const baseMs = 200
const longestMs = 30_000

/** Growing, jittered delays, so that many clients do not come back at once. */
export class Backoff {
  #attempts = 0

  /** The next delay in milliseconds, at least `leastMs`. */
  next(leastMs = 0): number {
    const delay = Math.min(longestMs, baseMs * 2 ** this.#attempts)
    this.#attempts += 1
    return Math.max(leastMs, delay * (0.5 + Math.random()))
  }

  reset(): void {
    this.#attempts = 0
  }
}
