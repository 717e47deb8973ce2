/** A value that can be read at any time and tells when it changes. */
export interface Subscribable<T> {
  readonly current: T
  /** Calls back with every later value, until the returned function is called. */
  subscribe(listener: (value: T) => void): () => void
}

/** Delivers values to listeners; one that throws is reported and stops nobody else. */
export class Listeners<T> {
  readonly #listeners = new Set<(value: T) => void>()
  readonly #report: (error: unknown) => void

  constructor(report: (error: unknown) => void) {
    this.#report = report
  }

  add(listener: (value: T) => void): () => void {
    // A wrapper of its own, so that the same function added twice is called and removed twice.
    const own = (value: T) => listener(value)
    this.#listeners.add(own)
    return () => void this.#listeners.delete(own)
  }

  tell(value: T): void {
    for (const listener of Array.from(this.#listeners)) {
      try {
        listener(value)
      } catch (error) {
        this.#report(error)
      }
    }
  }
}
