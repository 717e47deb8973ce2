import type { GoodbyeReason } from '@drawbridge/protocol/messages'
import { DrawbridgeError, isDrawbridgeError, type ErrorCode, type ErrorDetails } from '@drawbridge/core'

/** Every code, and whether the same call can succeed later without anybody doing anything. */
const retryableCodes = {
  NOT_FOUND: false,
  NOT_ADMIN: false,
  NOT_OWNER: false,
  INITIATOR_ONLY: false,
  LAST_ADMIN: false,
  ALREADY_IN_ORGANIZATION: false,
  COOPERATION_EXISTS: false,
  COOPERATION_PENDING: false,
  COOPERATION_EXPIRED: false,
  SELF_COOPERATION: false,
  SHARE_EXISTS: false,
  ROLE_NOT_SHAREABLE: false,
  ROLE_ABOVE_CEILING: false,
  EXPIRATION_IN_PAST: false,
  INVITATION_INVALID: false,
  INVITATION_WRONG_ACCOUNT: false,
  MEMBERSHIP_PAUSED: false,
  MEMBERSHIP_EXPIRED: false,
  QUOTA_EXCEEDED: false,
  RATE_LIMITED: true,
  SNAPSHOT_TOO_LARGE: false,
  IMPACT_CHANGED: false,
  INVALID_INPUT: false,
  UNAUTHENTICATED: false,
  FORBIDDEN: false,
  UNAVAILABLE: true,
  INTERNAL: false,
} as const satisfies Record<ErrorCode, boolean>

const docs = 'https://www.npmjs.com/package/@drawbridge/sdk#errors'

/** What every call of the SDK fails with: the server's error, and what a client can do about it. */
export class DrawbridgeClientError<C extends ErrorCode = ErrorCode> extends DrawbridgeError<C> {
  /** Whether the same call can succeed later without anybody doing anything. */
  readonly retryable: boolean
  readonly docsUrl: string

  constructor(code: C, message: string, details: ErrorDetails[C], options?: ErrorOptions) {
    super(code, message, details, options)
    this.retryable = retryableCodes[code]
    this.docsUrl = docs
  }
}

/** An error as the server sent it (contract.md 3), typed; null for anything else. */
export function parseError(value: unknown, options?: ErrorOptions): DrawbridgeClientError | null {
  if (!isRecord(value)) return null
  const { code, message, details } = value
  if (typeof code !== 'string' || typeof message !== 'string') return null
  if (isErrorCode(code) && isDetailsOf(code, details)) {
    return new DrawbridgeClientError(code, message, details, options)
  }
  return internal(`${code}: ${message}`, options)
}

/** A failure to reach the server. */
export function unavailable(message: string, cause?: unknown): DrawbridgeClientError<'UNAVAILABLE'> {
  return new DrawbridgeClientError('UNAVAILABLE', message, { retryAfterMs: 0 }, { cause })
}

/** A credential that is missing, or that the server does not accept. */
export function unauthenticated(message: string, cause?: unknown): DrawbridgeClientError<'UNAUTHENTICATED'> {
  return new DrawbridgeClientError('UNAUTHENTICATED', message, {}, { cause })
}

/** A failure that says nothing about itself. */
export function internal(message: string, options?: ErrorOptions): DrawbridgeClientError<'INTERNAL'> {
  return new DrawbridgeClientError('INTERNAL', message, { correlationId: '' }, options)
}

/** Why the server ended a connection. */
export function goodbyeError(reason: GoodbyeReason): DrawbridgeClientError {
  switch (reason) {
    case 'signed_out':
    case 'credential_ended':
    case 'role_changed':
      return unauthenticated(`the server ended the connection: ${reason}`)
    case 'protocol_version':
      return new DrawbridgeClientError(
        'INVALID_INPUT',
        'the server speaks another protocol version: update @drawbridge/sdk',
        { field: 'protocol' },
      )
    case 'invalid_message':
      return internal('the server did not understand a message')
    case 'too_slow':
    case 'draining':
      return unavailable(`the server ended the connection: ${reason}`)
  }
}

/** How long the server asks to wait, in milliseconds. */
export function retryAfterOf(error: DrawbridgeError): number {
  if (!isDrawbridgeError(error, 'RATE_LIMITED') && !isDrawbridgeError(error, 'UNAVAILABLE')) return 0
  const { retryAfterMs } = error.details
  return Number.isFinite(retryAfterMs) ? retryAfterMs : 0
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(retryableCodes, code)
}

/** The details of a code are the server's word: only that there are some is checked. */
function isDetailsOf<C extends ErrorCode>(_: C, details: unknown): details is ErrorDetails[C] {
  return isRecord(details)
}
