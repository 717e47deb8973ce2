import type { CommandInputs } from '@drawbridge/core'
import { z } from 'zod'
import { actShape } from './act.ts'
import { portfolioFactSchema } from './facts.ts'
import { idSchema } from './id.ts'
import { pageOf } from './page.ts'
import { parkSchema } from './park.ts'
import { externalIdSchema, nameSchema } from './text.ts'

/** A portfolio as answers carry it; its `type` and `id` name it as a resource. */
export const portfolioSchema = portfolioFactSchema

export const portfolioInputSchema = z.strictObject({ portfolio: idSchema })

export const createPortfolioSchema = z.strictObject({
  name: nameSchema,
  externalId: externalIdSchema.nullable().exactOptional(),
}) satisfies z.ZodType<CommandInputs['portfolio.create']>

/** What is left out stays, and null clears. */
export const updatePortfolioSchema = z.strictObject({
  portfolio: idSchema,
  name: nameSchema.exactOptional(),
  externalId: externalIdSchema.nullable().exactOptional(),
}) satisfies z.ZodType<CommandInputs['portfolio.update']>

export const portfolioParkSchema = z.strictObject({
  portfolio: idSchema,
  park: idSchema,
}) satisfies z.ZodType<CommandInputs['portfolio.addPark' | 'portfolio.removePark']>

export const portfolioAnswerSchema = z.object({
  portfolio: portfolioSchema,
  parks: z.array(parkSchema).readonly(),
})

export const portfolioActSchema = z.object({ portfolio: portfolioSchema, ...actShape })

export const portfolioPageSchema = pageOf(portfolioSchema)
