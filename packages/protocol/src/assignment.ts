import type { CommandInputs } from '@drawbridge/core'
import { z } from 'zod'
import { actShape } from './act.ts'
import { assignmentFactSchema } from './facts.ts'
import { idSchema } from './id.ts'
import { pageOf, pageShape } from './page.ts'
import { resourceInputSchema } from './resource.ts'
import { roleSchema } from './role.ts'

/** An assignment as answers carry it. */
export const assignmentSchema = assignmentFactSchema.omit({ type: true })

export const grantAssignmentSchema = z.strictObject({
  member: idSchema,
  resource: resourceInputSchema,
  role: roleSchema,
}) satisfies z.ZodType<CommandInputs['assignment.grant']>

export const revokeAssignmentSchema = z.strictObject({
  member: idSchema,
  resource: resourceInputSchema,
}) satisfies z.ZodType<CommandInputs['assignment.revoke']>

export const listAssignmentsSchema = z
  .strictObject({ member: idSchema.optional(), resource: resourceInputSchema.optional(), ...pageShape })
  .prefault({})

export const assignmentActSchema = z.object({ assignment: assignmentSchema, ...actShape })

/** Null when there was nothing to revoke. */
export const assignmentRevokedSchema = z.object({ assignment: assignmentSchema.nullable(), ...actShape })

export const assignmentPageSchema = pageOf(assignmentSchema)
