import { z } from 'zod'

/** The fields by which every list is paged. */
export const pageShape = {
  cursor: z.string().min(1).max(512).optional(),
  limit: z.int().min(1).max(200).default(50),
}

/** The input of a list without filters. */
export const pageSchema = z.strictObject(pageShape).prefault({})

/** One page of a list; `nextCursor` is null on the last one. */
export function pageOf<S extends z.ZodType>(item: S) {
  return z.object({ items: z.array(item).readonly(), nextCursor: z.string().nullable() })
}
