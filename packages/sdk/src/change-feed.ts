import type { Change } from '@drawbridge/core'
import { unavailable } from './errors.ts'

/** How many changes a reader may be behind before it is told that it missed some. */
const longestQueue = 10_000

interface Reader {
  readonly queue: Change[]
  hasMissed: boolean
  wake: () => void
}

/** Every change as it is applied, for any number of readers. */
export class ChangeFeed {
  readonly #readers = new Set<Reader>()
  #isEnded = false

  push(change: Change): void {
    for (const reader of this.#readers) {
      if (reader.queue.length < longestQueue) reader.queue.push(change)
      else reader.hasMissed = true
      reader.wake()
    }
  }

  /** Ends every reader after what it has not read yet. */
  end(): void {
    this.#isEnded = true
    for (const reader of this.#readers) reader.wake()
  }

  /** Reads from now on; fails with `UNAVAILABLE` when the reader fell too far behind. */
  async *read(): AsyncGenerator<Change, void, undefined> {
    const reader: Reader = { queue: [], hasMissed: false, wake: () => {} }
    this.#readers.add(reader)
    try {
      while (true) {
        const change = reader.queue.shift()
        if (change !== undefined) yield change
        else if (reader.hasMissed) throw unavailable('the reader fell behind and missed changes')
        else if (this.#isEnded) return
        else await new Promise<void>((resolve) => (reader.wake = resolve))
      }
    } finally {
      this.#readers.delete(reader)
    }
  }
}
