import type { Instant } from './instant.ts'
import type { CooperationId, ShareId } from './ids.ts'

/** Every error code with the shape of its details; codes are stable (contract.md 3). */
export interface ErrorDetails {
  NOT_FOUND: { what: string }
  NOT_ADMIN: Empty
  NOT_OWNER: Empty
  INITIATOR_ONLY: Empty
  LAST_ADMIN: Empty
  ALREADY_IN_ORGANIZATION: Empty
  COOPERATION_EXISTS: { cooperation: CooperationId }
  COOPERATION_PENDING: { cooperation: CooperationId }
  COOPERATION_EXPIRED: { cooperation: CooperationId; expiresAt: Instant }
  SELF_COOPERATION: Empty
  SHARE_EXISTS: { share: ShareId }
  ROLE_NOT_SHAREABLE: { role: string }
  ROLE_ABOVE_CEILING: { role: string; ceiling: string }
  EXPIRATION_IN_PAST: { expiresAt: Instant; now: Instant }
  INVITATION_INVALID: Empty
  INVITATION_WRONG_ACCOUNT: { email: string }
  MEMBERSHIP_PAUSED: { since: Instant }
  MEMBERSHIP_EXPIRED: { since: Instant }
  QUOTA_EXCEEDED: { quota: string; limit: number }
  RATE_LIMITED: { retryAfterMs: number }
  SNAPSHOT_TOO_LARGE: { facts: number; limit: number }
  IMPACT_CHANGED: Empty
  INVALID_INPUT: { field: string }
  UNAUTHENTICATED: Empty
  FORBIDDEN: { scope: string }
  UNAVAILABLE: { retryAfterMs: number }
  INTERNAL: { correlationId: string }
}

type Empty = Record<never, never>

export type ErrorCode = keyof ErrorDetails

/** A refusal or failure that a caller can act on, with a stable code and details typed per code. */
export class DrawbridgeError<C extends ErrorCode = ErrorCode> extends Error {
  override readonly name = 'DrawbridgeError'
  readonly code: C
  readonly details: ErrorDetails[C]

  constructor(code: C, message: string, details: ErrorDetails[C], options?: ErrorOptions) {
    super(message, options)
    this.code = code
    this.details = details
  }
}

/** Whether a value is a DrawbridgeError, of one code if `code` is given. */
export function isDrawbridgeError<C extends ErrorCode = ErrorCode>(
  value: unknown,
  code?: C,
): value is DrawbridgeError<C> {
  return value instanceof DrawbridgeError && (code === undefined || value.code === code)
}

/** What is not there and what is not yours answer alike (A4). */
export function notFound(what: string): DrawbridgeError<'NOT_FOUND'> {
  return new DrawbridgeError('NOT_FOUND', `no such ${what}`, { what })
}
