import { z } from 'zod'
import { memberSchema } from './member.ts'
import { organizationSchema } from './organization.ts'

/** Who calls, and its place in an organization if it has one. */
export const meSchema = z.object({
  user: z.object({ id: z.string(), email: z.string(), name: z.string() }).nullable(),
  organization: organizationSchema.nullable(),
  member: memberSchema.nullable(),
})
