import { DrawbridgeError } from './errors.ts'
import type { Member } from './facts.ts'
import { isExpired, type Instant } from './instant.ts'

/** Refuses a member whose membership is paused or expired (O4). */
export function requireOpenMembership(member: Member, now: Instant): void {
  if (member.expiresAt !== null && isExpired(member.expiresAt, now)) {
    throw new DrawbridgeError('MEMBERSHIP_EXPIRED', 'the membership has expired', { since: member.expiresAt })
  }
  if (member.pausedAt !== null) {
    throw new DrawbridgeError('MEMBERSHIP_PAUSED', 'the membership is paused', { since: member.pausedAt })
  }
}

/** Whether a membership is paused or expired, which blocks everything in the organization (O4). */
export function isMembershipClosed({ pausedAt, expiresAt }: Member, now: Instant): boolean {
  return pausedAt !== null || isExpired(expiresAt, now)
}
