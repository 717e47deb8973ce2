import type { Id } from '../ids.ts'

/** Ids in the form of UUIDv7 that count up, so that a test reads and repeats the same. */
export function createIds(after = 0): () => Id {
  let last = after
  return () => {
    last += 1
    return `01980000-0000-7000-8000-${last.toString(16).padStart(12, '0')}`
  }
}

/** An id that nothing has. */
export const unknownId: Id = '01980000-0000-7000-8000-ffffffffffff'
