import type {
  Assignment,
  Cooperation,
  Delegation,
  Fact,
  Member,
  Organization,
  Park,
  Portfolio,
  PortfolioEntry,
  Share,
} from '@drawbridge/core'
import { z } from 'zod'
import { resourceSchema } from './resource.ts'
import { roleSchema, sharedRoleSchema } from './role.ts'

const id = z.string()
const instant = z.string()

export const organizationFactSchema = z.object({
  type: z.literal('organization'),
  id,
  name: z.string(),
  identifier: z.string().nullable(),
  status: z.enum(['registered', 'placeholder']),
  timeZone: z.string(),
}) satisfies z.ZodType<Organization>

export const memberFactSchema = z.object({
  type: z.literal('member'),
  id,
  organization: id,
  user: id.nullable(),
  externalId: z.string().nullable(),
  name: z.string(),
  role: z.enum(['admin', 'member']),
  pausedAt: instant.nullable(),
  expiresAt: instant.nullable(),
}) satisfies z.ZodType<Member>

export const parkFactSchema = z.object({
  type: z.literal('park'),
  id,
  organization: id,
  name: z.string(),
  kind: z.enum(['solar', 'wind', 'storage']),
  peakPowerKw: z.number().nullable(),
  location: z.string().nullable(),
  externalId: z.string().nullable(),
}) satisfies z.ZodType<Park>

export const portfolioFactSchema = z.object({
  type: z.literal('portfolio'),
  id,
  organization: id,
  name: z.string(),
  externalId: z.string().nullable(),
}) satisfies z.ZodType<Portfolio>

export const portfolioEntryFactSchema = z.object({
  type: z.literal('portfolioEntry'),
  id,
  organization: id,
  portfolio: id,
  park: id,
}) satisfies z.ZodType<PortfolioEntry>

export const assignmentFactSchema = z.object({
  type: z.literal('assignment'),
  id,
  organization: id,
  member: id,
  resource: resourceSchema,
  role: roleSchema,
}) satisfies z.ZodType<Assignment>

export const cooperationFactSchema = z.object({
  type: z.literal('cooperation'),
  id,
  initiator: id,
  invitee: id,
  state: z.enum(['pending', 'active']),
  pausedAt: instant.nullable(),
  expiresAt: instant.nullable(),
}) satisfies z.ZodType<Cooperation>

export const shareFactSchema = z.object({
  type: z.literal('share'),
  id,
  cooperation: id,
  owner: id,
  receiver: id,
  resource: resourceSchema,
  role: sharedRoleSchema,
  pausedAt: instant.nullable(),
  expiresAt: instant.nullable(),
}) satisfies z.ZodType<Share>

export const delegationFactSchema = z.object({
  type: z.literal('delegation'),
  id,
  organization: id,
  share: id,
  member: id,
  role: sharedRoleSchema,
  expiresAt: instant.nullable(),
}) satisfies z.ZodType<Delegation>

/** Any fact, as snapshots and changes carry it. */
export const factSchema = z.discriminatedUnion('type', [
  organizationFactSchema,
  memberFactSchema,
  parkFactSchema,
  portfolioFactSchema,
  portfolioEntryFactSchema,
  assignmentFactSchema,
  cooperationFactSchema,
  shareFactSchema,
  delegationFactSchema,
]) satisfies z.ZodType<Fact>
