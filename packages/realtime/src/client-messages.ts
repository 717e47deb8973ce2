import type { AppliedMessage, RenewMessage } from '@drawbridge/protocol/messages'
import { elapsed, momentOf, type Clock, type Moment } from './clock.ts'
import { maxTokenLength } from './handshake.ts'

/** Renewals that may come at once, and how many a second after that. */
const burst = 10
const perSecond = 5

/** A `renew` as it may come in, or null; its `n` has to be above the last. */
export function parseRenew(message: unknown, lastN: number): RenewMessage | null {
  if (!isRecord(message) || hasOtherThan(message, ['n', 'token'])) return null
  const { n, token } = message
  if (!isCount(n) || n <= lastN) return null
  if (token === undefined) return { n }
  return typeof token === 'string' && token.length <= maxTokenLength ? { n, token } : null
}

/** An `applied` as it may come in, or null. */
export function parseApplied(message: unknown): AppliedMessage | null {
  if (!isRecord(message) || hasOtherThan(message, ['version'])) return null
  const { version } = message
  return isCount(version) ? { version } : null
}

/** Says whether another renewal may come now. */
export function createRenewalLimit(clock: Clock): () => boolean {
  let tokens = burst
  let last: Moment = momentOf(clock)
  return () => {
    const now = momentOf(clock)
    tokens = Math.min(burst, tokens + (elapsed(last, now) / 1_000) * perSecond)
    last = now
    if (tokens < 1) return false
    tokens -= 1
    return true
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function hasOtherThan(value: Record<string, unknown>, fields: readonly string[]): boolean {
  return Object.keys(value).some((field) => !fields.includes(field))
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}
