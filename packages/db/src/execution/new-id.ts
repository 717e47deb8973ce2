import { randomUUIDv7 } from 'node:crypto'
import type { Id } from '@drawbridge/core'

declare module 'node:crypto' {
  /** In Node since 24.16; its types do not know it yet. */
  function randomUUIDv7(): `${string}-${string}-${string}-${string}-${string}`
}

/** A new id, ordered by time. */
export function newId(): Id {
  return randomUUIDv7()
}
