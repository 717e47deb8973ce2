import { z } from 'zod'

/** What every mutation answers beside its noun: the act's id, null when nothing changed, and the caller's version. */
export const actShape = {
  act: z.string().nullable(),
  version: z.int(),
}
