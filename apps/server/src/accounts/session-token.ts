import { createHmac, timingSafeEqual } from 'node:crypto'
import { parse } from 'hono/utils/cookie'

/** Where a request's session token is looked for, and how it has to be signed. */
export interface SessionTokenOptions {
  readonly secret: string
  readonly cookieName: string
  /** Whether cookies count for this request (contract.md 1). */
  readonly cookies: boolean
}

/**
 * The session token that these headers carry, once its signature was checked; null without one. A request that
 * carries a token ignores cookies, so that a wrong token never falls back to one.
 */
export function readSessionToken(
  headers: Headers,
  { secret, cookieName, cookies }: SessionTokenOptions,
): string | null {
  const authorization = headers.get('authorization')
  if (authorization !== null) {
    const [, bearer = ''] = /^bearer (.+)$/i.exec(authorization) ?? []
    return verify(decode(bearer), secret)
  }
  const cookie = cookies ? headers.get('cookie') : null
  return cookie === null ? null : verify(parse(cookie, cookieName)[cookieName] ?? '', secret)
}

function verify(signed: string, secret: string): string | null {
  const dot = signed.lastIndexOf('.')
  if (dot < 1) return null
  const token = signed.slice(0, dot)
  const expected = Buffer.from(createHmac('sha256', secret).update(token).digest('base64'))
  const given = Buffer.from(signed.slice(dot + 1))
  return given.length === expected.length && timingSafeEqual(given, expected) ? token : null
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return ''
  }
}
