import {
  DrawbridgeError,
  actions,
  isRole,
  isShareable,
  roles,
  shareableRoles,
  type Role,
  type ShareableRole,
} from '@drawbridge/core'
import { z } from 'zod'

/** A job role. */
export const roleSchema = z.enum(roles)

/** What may be done on a resource. */
export const actionSchema = z.enum(actions)

/** A job role as it stands on a share or delegation. */
export const sharedRoleSchema = z.enum(shareableRoles)

/** A job role that shall cross to another organization: a role that never does is `ROLE_NOT_SHAREABLE` (S2). */
export const shareableRoleSchema = z.custom<ShareableRole>().check(({ value, issues }) => {
  // Only a string: an array of one role would be taken for that role as a key.
  const role: string | null = typeof value === 'string' ? value : null
  if (role !== null && isRole(role)) {
    if (isShareable(role)) return
    issues.push({ ...issueOf(value), params: { refusal: notShareable(role) } })
  } else {
    issues.push(issueOf(value))
  }
})

/** The error of the domain that a failed check stands for, if it stands for one. */
export function refusalOf(issue: z.core.$ZodIssue): unknown {
  return issue.code === 'custom' ? issue.params?.['refusal'] : undefined
}

function issueOf(input: unknown) {
  return { code: 'custom', input, message: `must be one of ${shareableRoles.join(', ')}` } as const
}

function notShareable(role: Role): DrawbridgeError<'ROLE_NOT_SHAREABLE'> {
  return new DrawbridgeError('ROLE_NOT_SHAREABLE', `${role} never crosses to another organization`, { role })
}
