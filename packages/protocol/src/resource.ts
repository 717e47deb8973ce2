import type { Resource } from '@drawbridge/core'
import { z } from 'zod'
import { idSchema } from './id.ts'

export const resourceTypeSchema = z.enum(['park', 'portfolio'])

/** A resource as a caller names it. */
export const resourceInputSchema = z.strictObject({ type: resourceTypeSchema, id: idSchema })

/** A resource as answers name it. */
export const resourceSchema = z.object({
  type: resourceTypeSchema,
  id: z.string(),
}) satisfies z.ZodType<Resource>
