import type { CommandInputs } from '@drawbridge/core'
import { z } from 'zod'
import { actShape } from './act.ts'
import { parkFactSchema } from './facts.ts'
import { idSchema } from './id.ts'
import { pageOf } from './page.ts'
import { externalIdSchema, lineSchema, nameSchema } from './text.ts'

/** A park as answers carry it; its `type` and `id` name it as a resource. */
export const parkSchema = parkFactSchema

const dataShape = {
  kind: z.enum(['solar', 'wind', 'storage']).exactOptional(),
  peakPowerKw: z.number().nonnegative().max(1e9).nullable().exactOptional(),
  location: lineSchema.nullable().exactOptional(),
  externalId: externalIdSchema.nullable().exactOptional(),
}

export const parkInputSchema = z.strictObject({ park: idSchema })

export const createParkSchema = z.strictObject({
  name: nameSchema,
  ...dataShape,
}) satisfies z.ZodType<CommandInputs['park.create']>

/** What is left out stays, and null clears. */
export const updateParkSchema = z.strictObject({
  park: idSchema,
  name: nameSchema.exactOptional(),
  ...dataShape,
}) satisfies z.ZodType<CommandInputs['park.update']>

export const parkAnswerSchema = z.object({ park: parkSchema })

export const parkActSchema = z.object({ park: parkSchema, ...actShape })

export const parkPageSchema = pageOf(parkSchema)
