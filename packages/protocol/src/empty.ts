import { z } from 'zod'

/** The input of a procedure that takes none. */
export const emptySchema = z.strictObject({}).prefault({})
