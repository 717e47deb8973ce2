import type { CommandInputs } from '@drawbridge/core'
import { z } from 'zod'
import { actShape } from './act.ts'
import { organizationFactSchema } from './facts.ts'
import { memberSchema } from './member.ts'
import { nameSchema } from './text.ts'
import { timeZoneSchema } from './time-zone.ts'

/** An organization as answers carry it. */
export const organizationSchema = organizationFactSchema.omit({ type: true })

/** How one organization names another. */
export const organizationNameSchema = z.object({ id: z.string(), name: z.string() })

/** What an organization hands out so that others can invite it. */
export const identifierSchema = z
  .string()
  .trim()
  .toLowerCase()
  .min(1)
  .max(120)
  .regex(/^\P{Cc}+$/u)

export const createOrganizationSchema = z.strictObject({
  name: nameSchema,
  timeZone: timeZoneSchema.exactOptional(),
}) satisfies z.ZodType<Omit<CommandInputs['organization.create'], 'identifier'>>

export const updateOrganizationSchema = z.strictObject({
  name: nameSchema.exactOptional(),
  timeZone: timeZoneSchema.exactOptional(),
}) satisfies z.ZodType<CommandInputs['organization.update']>

export const findOrganizationSchema = z.strictObject({ identifier: identifierSchema })

export const foundOrganizationSchema = z.object({ identifier: z.string(), name: z.string() }).nullable()

export const organizationAnswerSchema = z.object({ organization: organizationSchema })

export const organizationActSchema = z.object({ organization: organizationSchema, ...actShape })

export const organizationCreatedSchema = z.object({
  organization: organizationSchema,
  member: memberSchema,
  ...actShape,
})
