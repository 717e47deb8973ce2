import type { Clock } from './clock.ts'

/** How long a caller waits at most, and how soon a wait asks again how far the replica is; in milliseconds. */
const longestWait = 5_000
const firstDelay = 100

/** Callers that wait until the replica has been told all up to a version. */
export class VersionWaits {
  readonly #clock: Clock
  readonly #ask: () => void
  readonly #waiting = new Set<{ readonly version: number; readonly done: () => void }>()

  /** `ask` asks the server how far the replica is told. */
  constructor(clock: Clock, ask: () => void) {
    this.#clock = clock
    this.#ask = ask
  }

  /** Resolves when `settle` reaches the version, or after a bounded time. */
  wait(version: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    const cancels = [this.#clock.after(longestWait, () => waiting.done()), this.#askFrom(firstDelay)]
    const waiting = {
      version,
      done: () => {
        for (const cancel of cancels) cancel()
        this.#waiting.delete(waiting)
        resolve()
      },
    }
    this.#waiting.add(waiting)
    return promise
  }

  /** Lets those go that wait for no later version. */
  settle(version: number): void {
    for (const waiting of this.#waiting) if (waiting.version <= version) waiting.done()
  }

  /** Asks now and then ever more seldom, because a change that does not concern the member brings no message. */
  #askFrom(delay: number): () => void {
    this.#ask()
    let cancel = this.#clock.after(delay, () => (cancel = this.#askFrom(delay * 2)))
    return () => cancel()
  }
}
