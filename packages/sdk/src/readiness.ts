import type { Clock } from './clock.ts'
import { unavailable, type DrawbridgeClientError } from './errors.ts'

/** Callers that wait for the bridge to be live. */
export class Readiness {
  readonly #clock: Clock
  readonly #waiting = new Set<{ readonly resolve: () => void; readonly reject: (error: Error) => void }>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Resolves with `succeed`, rejects with `fail` or after a time, then with what is known to stand in the way. */
  wait(timeoutMs: number, whyNot: () => DrawbridgeClientError | null): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const cancel = this.#clock.after(timeoutMs, () =>
      waiting.reject(whyNot() ?? unavailable(`not live within ${timeoutMs} ms`)),
    )
    const finish = () => {
      cancel()
      this.#waiting.delete(waiting)
    }
    const waiting = {
      resolve: () => {
        finish()
        resolve()
      },
      reject: (error: Error) => {
        finish()
        reject(error)
      },
    }
    this.#waiting.add(waiting)
    return promise
  }

  succeed(): void {
    for (const { resolve } of this.#waiting) resolve()
  }

  fail(error: DrawbridgeClientError): void {
    for (const { reject } of this.#waiting) reject(error)
  }
}
