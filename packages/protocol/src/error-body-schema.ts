import { z } from 'zod'

/** The shape alone, for whoever receives an error of a server that may know more codes. */
export const errorBodySchema = z.strictObject({
  code: z.string().regex(/^[A-Z]+(_[A-Z]+)*$/),
  message: z.string().min(1),
  details: z.record(z.string(), z.union([z.string(), z.number()])),
})
