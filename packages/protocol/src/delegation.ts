import type { CommandInputs } from '@drawbridge/core'
import { z } from 'zod'
import { actShape } from './act.ts'
import { expirationSchema } from './expiration.ts'
import { delegationFactSchema } from './facts.ts'
import { idSchema } from './id.ts'
import { pageOf, pageShape } from './page.ts'
import { roleSchema } from './role.ts'

/** How many delegations one act may grant: shares times members. */
const mostAtOnce = 200

/** A delegation as answers carry it. */
export const delegationSchema = delegationFactSchema.omit({ type: true })

export const grantDelegationSchema = z.strictObject({
  share: idSchema,
  member: idSchema,
  role: roleSchema,
  expiresAt: expirationSchema.nullable().exactOptional(),
}) satisfies z.ZodType<CommandInputs['delegation.grant']>

export const grantDelegationsSchema = z
  .strictObject({
    shares: z.array(idSchema).min(1).max(mostAtOnce),
    members: z.array(idSchema).min(1).max(mostAtOnce),
    role: roleSchema,
  })
  .refine(({ shares, members }) => shares.length * members.length <= mostAtOnce, {
    error: `shares times members must be at most ${mostAtOnce}`,
    path: ['members'],
  }) satisfies z.ZodType<CommandInputs['delegation.grantMany']>

export const revokeDelegationSchema = z.strictObject({
  share: idSchema,
  member: idSchema,
}) satisfies z.ZodType<CommandInputs['delegation.revoke']>

export const listDelegationsSchema = z
  .strictObject({ share: idSchema.optional(), member: idSchema.optional(), ...pageShape })
  .prefault({})

export const delegationActSchema = z.object({ delegation: delegationSchema, ...actShape })

export const delegationsActSchema = z.object({
  delegations: z.array(delegationSchema).readonly(),
  ...actShape,
})

/** Null when there was nothing to revoke. */
export const delegationRevokedSchema = z.object({ delegation: delegationSchema.nullable(), ...actShape })

export const delegationPageSchema = pageOf(delegationSchema)
