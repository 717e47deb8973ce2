import type { CommandInputs } from '@drawbridge/core'
import { z } from 'zod'
import { actShape } from './act.ts'
import { expirationSchema } from './expiration.ts'
import { memberFactSchema } from './facts.ts'
import { idSchema } from './id.ts'
import { pageOf } from './page.ts'
import { externalIdSchema, nameSchema } from './text.ts'

/** A member as answers carry it. */
export const memberSchema = memberFactSchema.omit({ type: true })

/** A member as questions may name it: by its id, or by the id that its organization's own system uses. */
export const memberReferenceSchema = z.union([idSchema, z.strictObject({ externalId: externalIdSchema })])

export const memberInputSchema = z.strictObject({ member: idSchema })

export const provisionMemberSchema = z.strictObject({
  externalId: externalIdSchema,
  name: nameSchema,
}) satisfies z.ZodType<CommandInputs['member.provision']>

export const setMemberRoleSchema = z.strictObject({
  member: idSchema,
  role: z.enum(['admin', 'member']),
}) satisfies z.ZodType<CommandInputs['member.setRole']>

export const setMemberExpirationSchema = z.strictObject({
  member: idSchema,
  expiresAt: expirationSchema.nullable(),
}) satisfies z.ZodType<CommandInputs['member.setExpiration']>

export const memberActSchema = z.object({ member: memberSchema, ...actShape })

export const memberPageSchema = pageOf(memberSchema)
