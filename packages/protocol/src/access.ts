import type { Decision, Reason } from '@drawbridge/core'
import { z } from 'zod'
import { factSchema } from './facts.ts'
import { memberReferenceSchema } from './member.ts'
import { organizationNameSchema } from './organization.ts'
import { pageOf, pageShape } from './page.ts'
import { resourceInputSchema, resourceSchema, resourceTypeSchema } from './resource.ts'
import { actionSchema, roleSchema } from './role.ts'

/** How many questions one call may ask. */
const mostChecks = 500

/** Why a decision of the server is as it is (contract.md 2). */
export const reasonSchema = z.enum([
  'allowed',
  'no_path',
  'role_too_low',
  'not_delegated',
  'delegation_expired',
  'share_paused',
  'share_expired',
  'cooperation_pending',
  'cooperation_paused',
  'cooperation_expired',
  'membership_paused',
  'membership_expired',
]) satisfies z.ZodType<Reason>

export const decisionSchema = z.object({
  allowed: z.boolean(),
  actions: z.array(actionSchema).readonly(),
  role: roleSchema.nullable(),
  reason: reasonSchema,
  by: z.object({ organization: z.string(), name: z.string() }).exactOptional(),
  since: z.string().exactOptional(),
  validUntil: z.string().nullable(),
  version: z.int(),
}) satisfies z.ZodType<Decision>

export const checkSchema = z.strictObject({
  resource: resourceInputSchema,
  action: actionSchema,
  member: memberReferenceSchema.optional(),
})

export const checkManySchema = z.strictObject({ checks: z.array(checkSchema).min(1).max(mostChecks) })

/** Decisions in the order asked. */
export const decisionsSchema = z.array(decisionSchema).readonly()

export const listAccessSchema = z
  .strictObject({ type: resourceTypeSchema.optional(), action: actionSchema.optional(), ...pageShape })
  .prefault({})

export const reachedResourceSchema = z.object({
  resource: resourceSchema,
  name: z.string(),
  externalId: z.string().nullable(),
  owner: organizationNameSchema,
  actions: z.array(actionSchema).readonly(),
  role: roleSchema,
  paths: z
    .array(
      z.object({
        via: z.enum(['administration', 'assignment', 'share']),
        share: z.string().exactOptional(),
        role: roleSchema,
      }),
    )
    .readonly(),
  validUntil: z.string().nullable(),
})

export const reachedResourcePageSchema = pageOf(reachedResourceSchema)

export const whoSchema = z.strictObject({ resource: resourceInputSchema, ...pageShape })

export const reachingMemberSchema = z.object({
  member: z.object({ id: z.string(), name: z.string(), externalId: z.string().nullable() }),
  organization: organizationNameSchema,
  actions: z.array(actionSchema).readonly(),
  role: roleSchema,
  validUntil: z.string().nullable(),
})

export const reachingMemberPageSchema = pageOf(reachingMemberSchema)

export const snapshotInputSchema = z.strictObject({ member: memberReferenceSchema.optional() }).prefault({})

/** One member's snapshot at one version of its organization (V1). */
export const snapshotSchema = z.object({
  organization: z.string(),
  member: z.string(),
  version: z.int(),
  facts: z.array(factSchema).readonly(),
})
