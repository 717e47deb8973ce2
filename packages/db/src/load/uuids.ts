import type { Id } from '@drawbridge/core'

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** An id that nothing has; keeps a list in SQL from being empty. */
export const noId: Id = '00000000-0000-0000-0000-000000000000'

/** Whether PostgreSQL takes it for a UUID in the form in which ids are written. */
export function isUuid(id: string): boolean {
  return uuid.test(id)
}

/** Each id once, without those that nothing can have. */
export function uuids(ids: Iterable<Id>): Id[] {
  return [...new Set(ids)].filter(isUuid)
}
