/** Which part of a list is wanted. */
export interface Page {
  readonly cursor?: string | undefined
  /** From 1 to 200; 50 if not given. */
  readonly limit?: number | undefined
}

/** A part of a list; null where it is the last. */
export interface PageOf<T> {
  readonly items: readonly T[]
  readonly nextCursor: string | null
}

const defaultLimit = 50
const largestLimit = 200

/** How many items a page holds at most. */
export function limitOf({ limit = defaultLimit }: Page): number {
  return Math.min(Math.max(Math.trunc(limit), 1), largestLimit)
}
