import { isDrawbridgeError, type DrawbridgeError, type ErrorCode } from '@drawbridge/core'
import { refusalOf } from '@drawbridge/protocol'
import type { ErrorBody } from '@drawbridge/protocol/messages'
import { TRPCError } from '@trpc/server'
import { getHTTPStatusCodeFromError } from '@trpc/server/http'
import { TRPC_ERROR_CODES_BY_KEY, type TRPC_ERROR_CODE_KEY } from '@trpc/server/rpc'
import { randomUUID } from 'node:crypto'
import { ZodError } from 'zod'
import type { Log } from './ports.ts'

const trpcCodes = {
  NOT_FOUND: 'NOT_FOUND',
  NOT_ADMIN: 'FORBIDDEN',
  NOT_OWNER: 'FORBIDDEN',
  INITIATOR_ONLY: 'FORBIDDEN',
  LAST_ADMIN: 'CONFLICT',
  ALREADY_IN_ORGANIZATION: 'CONFLICT',
  COOPERATION_EXISTS: 'CONFLICT',
  COOPERATION_PENDING: 'CONFLICT',
  COOPERATION_EXPIRED: 'CONFLICT',
  SELF_COOPERATION: 'BAD_REQUEST',
  SHARE_EXISTS: 'CONFLICT',
  ROLE_NOT_SHAREABLE: 'BAD_REQUEST',
  ROLE_ABOVE_CEILING: 'BAD_REQUEST',
  EXPIRATION_IN_PAST: 'BAD_REQUEST',
  INVITATION_INVALID: 'CONFLICT',
  INVITATION_WRONG_ACCOUNT: 'FORBIDDEN',
  MEMBERSHIP_PAUSED: 'FORBIDDEN',
  MEMBERSHIP_EXPIRED: 'FORBIDDEN',
  QUOTA_EXCEEDED: 'TOO_MANY_REQUESTS',
  RATE_LIMITED: 'TOO_MANY_REQUESTS',
  SNAPSHOT_TOO_LARGE: 'UNPROCESSABLE_CONTENT',
  IMPACT_CHANGED: 'CONFLICT',
  INVALID_INPUT: 'BAD_REQUEST',
  UNAUTHENTICATED: 'UNAUTHORIZED',
  FORBIDDEN: 'FORBIDDEN',
  UNAVAILABLE: 'SERVICE_UNAVAILABLE',
  INTERNAL: 'INTERNAL_SERVER_ERROR',
} as const satisfies Record<ErrorCode, TRPC_ERROR_CODE_KEY>

/** Refusals of the transport itself, which keep their status. */
const refusedTransports: ReadonlySet<TRPC_ERROR_CODE_KEY> = new Set([
  'BAD_REQUEST',
  'PARSE_ERROR',
  'METHOD_NOT_SUPPORTED',
  'UNSUPPORTED_MEDIA_TYPE',
  'PAYLOAD_TOO_LARGE',
])

/** An error as it is answered. */
export interface MappedError {
  readonly body: ErrorBody
  readonly trpcCode: TRPC_ERROR_CODE_KEY
  readonly status: number
}

/** What the outside is told of any error; one that is not known is `INTERNAL`, with the id that the log has. */
export function mapError(error: unknown): MappedError {
  const cause = error instanceof TRPCError ? error.cause : error
  if (isDrawbridgeError(cause)) return mapped(bodyOf(cause), trpcCodes[cause.code])
  if (error instanceof TRPCError) {
    if (error.code === 'NOT_FOUND') {
      return mapped(
        { code: 'NOT_FOUND', message: 'no such procedure', details: { what: 'procedure' } },
        error.code,
      )
    }
    if (refusedTransports.has(error.code)) return mapped(invalidInput(cause, error.message), error.code)
  }
  const details = { correlationId: correlationIdOf(error) }
  return mapped({ code: 'INTERNAL', message: 'something went wrong', details }, trpcCodes.INTERNAL)
}

/** An error in tRPC's form, without the stack or anything else of its own. */
export function toTrpcShape({ body, trpcCode, status }: MappedError, path: string | undefined) {
  return {
    message: body.message,
    code: TRPC_ERROR_CODES_BY_KEY[trpcCode],
    data: { code: trpcCode, httpStatus: status, ...(path !== undefined && { path }), drawbridge: body },
  }
}

/** Logs an error that the outside is told nothing about, under the id that it is told. */
export function reportError(log: Log, error: unknown, at: string | undefined): void {
  const { body } = mapError(error)
  if (body.code !== 'INTERNAL') return
  const err = error instanceof TRPCError ? (error.cause ?? error) : error
  log.error({ err, at, correlationId: body.details.correlationId }, 'a request failed')
}

function bodyOf<C extends ErrorCode>({ code, message, details }: DrawbridgeError<C>): ErrorBody<C> {
  return { code, message, details }
}

function mapped(body: ErrorBody, trpcCode: TRPC_ERROR_CODE_KEY): MappedError {
  const status = getHTTPStatusCodeFromError(new TRPCError({ code: trpcCode }))
  return { body, trpcCode, status }
}

/** The first thing that is wrong with an input, with its field as a dotted path, empty for the input as a whole. */
function invalidInput(cause: unknown, message: string): ErrorBody {
  const [issue] = cause instanceof ZodError ? cause.issues : []
  if (issue === undefined) return { code: 'INVALID_INPUT', message, details: { field: '' } }
  const refusal = refusalOf(issue)
  if (isDrawbridgeError(refusal)) return bodyOf(refusal)
  const path = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] ?? ''] : issue.path
  const field = path.map(String).join('.')
  return {
    code: 'INVALID_INPUT',
    message: field === '' ? issue.message : `${field}: ${issue.message}`,
    details: { field },
  }
}

const correlationIds = new WeakMap<object, string>()

/** An error is mapped more than once: for the answer, the log and the metrics. */
function correlationIdOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return randomUUID()
  const id = correlationIds.get(error) ?? randomUUID()
  correlationIds.set(error, id)
  return id
}
