import type { CommandInputs } from '@drawbridge/core'
import { z } from 'zod'
import { actShape } from './act.ts'
import { expirationSchema } from './expiration.ts'
import { cooperationFactSchema } from './facts.ts'
import { idSchema } from './id.ts'
import { identifierSchema, organizationNameSchema } from './organization.ts'
import { pageOf, pageShape } from './page.ts'
import { lineSchema } from './text.ts'

const openStatusSchema = z.enum(['pending', 'active', 'paused', 'expired'])

/** What is shown of a cooperation's state: expired wins over paused; the last four are terminal (C2). */
export const cooperationStatusSchema = z.enum([
  ...openStatusSchema.options,
  'declined',
  'cancelled',
  'removed',
  'left',
])

export type CooperationStatus = z.output<typeof cooperationStatusSchema>

/** A cooperation as acts on it answer. */
export const cooperationSchema = cooperationFactSchema
  .omit({ type: true, state: true })
  .extend({ status: cooperationStatusSchema })

/** A cooperation as one of its sides sees it. */
export const cooperationViewSchema = cooperationFactSchema.omit({ type: true, state: true }).extend({
  status: openStatusSchema,
  direction: z.enum(['outgoing', 'incoming']),
  partner: organizationNameSchema,
  sharesGiven: z.int(),
  sharesReceived: z.int(),
})

export const cooperationInputSchema = z.strictObject({ cooperation: idSchema })

export const inviteCooperationSchema = z.strictObject({
  identifier: identifierSchema,
}) satisfies z.ZodType<CommandInputs['cooperation.invite']>

export const setCooperationExpirationSchema = z.strictObject({
  cooperation: idSchema,
  expiresAt: expirationSchema.nullable(),
}) satisfies z.ZodType<CommandInputs['cooperation.setExpiration']>

export const listCooperationsSchema = z
  .strictObject({
    direction: z.enum(['outgoing', 'incoming']).optional(),
    search: lineSchema.optional(),
    ...pageShape,
  })
  .prefault({})

export const cooperationAnswerSchema = z.object({ cooperation: cooperationViewSchema })

export const cooperationActSchema = z.object({ cooperation: cooperationSchema, ...actShape })

export const cooperationPageSchema = pageOf(cooperationViewSchema)
