import type { CommandInputs, ShareInput, StillReached } from '@drawbridge/core'
import { z } from 'zod'
import { actShape } from './act.ts'
import { expirationSchema } from './expiration.ts'
import { shareFactSchema } from './facts.ts'
import { idSchema } from './id.ts'
import { organizationNameSchema } from './organization.ts'
import { pageOf, pageShape } from './page.ts'
import { resourceInputSchema } from './resource.ts'
import { shareableRoleSchema, sharedRoleSchema } from './role.ts'

/** How many shares or delegations one act may create. */
const mostAtOnce = 200

/** A share as answers carry it. */
export const shareSchema = shareFactSchema.omit({ type: true })

/** A share as one of its sides sees it. */
export const shareViewSchema = shareSchema.extend({
  direction: z.enum(['given', 'received']),
  resourceName: z.string(),
  partner: organizationNameSchema,
})

/** What the receiver still reaches another way (S4). */
const stillReachesSchema = z
  .array(z.object({ park: z.string(), share: z.string(), role: sharedRoleSchema }))
  .readonly() satisfies z.ZodType<readonly StillReached[]>

export const shareInputSchema = z.strictObject({ share: idSchema })

export const createShareSchema = z.strictObject({
  cooperation: idSchema,
  resource: resourceInputSchema,
  role: shareableRoleSchema,
  expiresAt: expirationSchema.nullable().exactOptional(),
}) satisfies z.ZodType<ShareInput>

export const createSharesSchema = z.strictObject({
  shares: z.array(createShareSchema).min(1).max(mostAtOnce),
}) satisfies z.ZodType<CommandInputs['share.createMany']>

export const setShareRoleSchema = z.strictObject({
  share: idSchema,
  role: shareableRoleSchema,
}) satisfies z.ZodType<CommandInputs['share.setRole']>

export const setShareExpirationSchema = z.strictObject({
  share: idSchema,
  expiresAt: expirationSchema.nullable(),
}) satisfies z.ZodType<CommandInputs['share.setExpiration']>

/** One share, or all that the caller gave in a cooperation (S8). */
export const shareTargetSchema = z.union([shareInputSchema, z.strictObject({ cooperation: idSchema })], {
  error: 'must name either a share or a cooperation',
}) satisfies z.ZodType<CommandInputs['share.pause' | 'share.resume']>

export const listSharesSchema = z
  .strictObject({
    direction: z.enum(['given', 'received']).optional(),
    cooperation: idSchema.optional(),
    ...pageShape,
  })
  .prefault({})

export const shareActSchema = z.object({ share: shareSchema, ...actShape })

export const sharesActSchema = z.object({ shares: z.array(shareSchema).readonly(), ...actShape })

/** An act that takes away says what is still reached another way (S4). */
export const shareLoweredSchema = shareActSchema.extend({ stillReaches: stillReachesSchema })

/** Answers in the form asked: about one share, or about all of a cooperation. */
export const sharePausedSchema = z.union([
  shareLoweredSchema,
  sharesActSchema.extend({ stillReaches: stillReachesSchema }),
])

export const shareResumedSchema = z.union([shareActSchema, sharesActSchema])

export const sharePageSchema = pageOf(shareViewSchema)
