import type { Instant } from '@drawbridge/core'

/** A stored instant as facts carry it. */
export function toInstant(date: Date | null): Instant | null {
  return date === null ? null : date.toISOString()
}

/** An instant of a fact as it is stored. */
export function toDate(instant: Instant | null): Date | null {
  return instant === null ? null : new Date(instant)
}
