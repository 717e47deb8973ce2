import { DrawbridgeError, isDrawbridgeError } from '@drawbridge/core'
import { protocolVersion, type Handshake } from '@drawbridge/protocol/messages'
import type { IncomingHttpHeaders } from 'node:http'
import type { SocketData } from './connection.ts'
import { readCursor } from './cursor.ts'
import type { Authenticator, Principal } from './ports.ts'

/** Longer tokens than these are none of ours, in characters. */
export const maxTokenLength = 8_192
const maxCursorLength = 1_024
const fields = new Set(['protocol', 'token', 'audience', 'since'])

/** What Socket.IO carries to the client's `connect_error`, as every other error (contract.md 3). */
export class ConnectError extends Error {
  readonly data: Pick<DrawbridgeError, 'code' | 'message' | 'details'>

  constructor({ code, message, details }: DrawbridgeError) {
    super(message)
    this.data = { code, message, details }
  }
}

export interface HandshakeOptions {
  readonly authenticator: Authenticator
  readonly allowedOrigins: readonly string[]
  readonly epoch: string
}

/** Admits a handshake as who it is and what it may follow, or throws a DrawbridgeError. */
export async function admit(
  { auth, headers }: { readonly auth: unknown; readonly headers: IncomingHttpHeaders },
  { authenticator, allowedOrigins, epoch }: HandshakeOptions,
): Promise<SocketData> {
  const { token = null, audience, since } = parseHandshake(auth)
  if (token === null && !(headers.origin !== undefined && allowedOrigins.includes(headers.origin))) {
    throw unauthenticated('a cookie counts only with an allowed Origin')
  }
  const principal = await authenticator.authenticate({ token, headers: webHeaders(headers, token === null) })
  if (principal === null) throw unauthenticated('the credential is missing, wrong or ended')
  requireAudience(principal, audience)
  const { organization, member, role } = principal
  const owner = { epoch, organization, member, audience, role }
  return { principal, audience, since: since === undefined ? null : readCursor(since, owner) }
}

/** Refuses an audience that a principal may not have. */
function requireAudience({ audiences, member, role }: Principal, audience: Handshake['audience']): void {
  const isPossible = audience === 'member' ? member !== null : role !== 'member'
  if (isPossible && audiences.includes(audience)) return
  const scope = audience === 'member' ? 'member' : 'guard'
  throw new DrawbridgeError('FORBIDDEN', `this credential has no ${audience} audience`, { scope })
}

function parseHandshake(auth: unknown): Handshake {
  if (typeof auth !== 'object' || auth === null) throw invalid('auth', 'auth has to be an object')
  for (const field of Object.keys(auth))
    if (!fields.has(field)) throw invalid(field, `unknown field ${field}`)
  const { protocol, token, audience, since }: Record<string, unknown> = { ...auth }
  if (protocol !== protocolVersion) {
    throw invalid('protocol', `this server speaks version ${protocolVersion} of the protocol`)
  }
  if (audience !== 'member' && audience !== 'organization') {
    throw invalid('audience', 'audience is neither member nor organization')
  }
  if (token !== undefined && !isText(token, maxTokenLength)) throw invalid('token', 'token is not a text')
  if (since !== undefined && !isText(since, maxCursorLength)) throw invalid('since', 'since is not a text')
  return {
    protocol,
    audience,
    ...(token !== undefined && { token }),
    ...(since !== undefined && { since }),
  }
}

/** Node's headers as the web's; cookies are left out where they do not count. */
export function webHeaders(headers: IncomingHttpHeaders, withCookie: boolean): Headers {
  const result = new Headers()
  for (const [name, value] of Object.entries(headers)) {
    if (name === 'cookie' && !withCookie) continue
    for (const one of [value ?? []].flat()) result.append(name, one)
  }
  return result
}

/** Whatever went wrong in a handshake as an error that a client can act on. */
export function connectError(error: unknown): ConnectError {
  if (isDrawbridgeError(error)) return new ConnectError(error)
  const details = { retryAfterMs: 1_000 }
  return new ConnectError(new DrawbridgeError('UNAVAILABLE', 'try again', details))
}

function isText(value: unknown, maxLength: number): value is string {
  return typeof value === 'string' && value.length <= maxLength
}

function invalid(field: string, message: string): DrawbridgeError<'INVALID_INPUT'> {
  return new DrawbridgeError('INVALID_INPUT', message, { field })
}

function unauthenticated(message: string): DrawbridgeError<'UNAUTHENTICATED'> {
  return new DrawbridgeError('UNAUTHENTICATED', message, {})
}
