import { z } from 'zod'

/** An id from outside, in the lower case in which ids are written. */
export const idSchema = z.uuid().toLowerCase()
