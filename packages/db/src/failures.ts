import { DrawbridgeError } from '@drawbridge/core'

const retryAfterMs = 500

/** PostgreSQL's codes for what passes by itself: timeouts, lost races, lost connections, a server that is away or read-only. */
const passing = new Set([
  '25006',
  '25P03',
  '40001',
  '40P01',
  '53300',
  '55P03',
  '57014',
  '57P01',
  '57P02',
  '57P03',
  '57P05',
])

/** Unique constraints that only a race can break: run again, and the rule sees what came first. */
const raced = new Set([
  'assignment_park_unique',
  'assignment_portfolio_unique',
  'cooperation_pair_unique',
  'delegation_unique',
  'member_external_id_unique',
  'member_user_unique',
  'portfolio_entry_unique',
  'share_park_unique',
  'share_portfolio_unique',
])

/** Unique constraints on what a caller chose; no rule sees all the others. */
const chosen = new Map([
  ['organization_identifier_unique', 'identifier'],
  ['park_external_id_unique', 'externalId'],
  ['portfolio_external_id_unique', 'externalId'],
])

/** Try again: nothing was done. */
export function unavailable(cause?: unknown): DrawbridgeError<'UNAVAILABLE'> {
  return new DrawbridgeError(
    'UNAVAILABLE',
    'the database cannot answer now; try again',
    { retryAfterMs },
    { cause },
  )
}

/** Whether another command came first and this one has to look again. */
export function isRaced(failure: unknown): boolean {
  return codeOf(failure) === '23505' && raced.has(constraintOf(failure))
}

/** What a failure of the database means to the caller; anything unknown stays as it is. */
export function toDrawbridgeError(failure: unknown): unknown {
  if (failure instanceof DrawbridgeError) return failure
  const code = codeOf(failure)
  const field = chosen.get(constraintOf(failure))
  if (code === '23505' && field !== undefined) {
    return new DrawbridgeError('INVALID_INPUT', `the ${field} is taken`, { field }, { cause: failure })
  }
  return isPassing(failure) || isRaced(failure) ? unavailable(failure) : failure
}

/** Whether a failure passes by itself, so that the same can be asked again. */
export function isPassing(failure: unknown): boolean {
  const code = codeOf(failure)
  // 08P01 is a message that PostgreSQL cannot read, which asking again does not mend.
  if (passing.has(code) || (code.startsWith('08') && code !== '08P01')) return true
  // The driver's own failures carry no code of PostgreSQL's, or a system one such as ECONNREFUSED.
  const isOfServer = /^[0-9A-Z]{5}$/.test(code)
  return (
    !isOfServer && failure instanceof Error && /connect|terminat|timeout|not queryable/i.test(failure.message)
  )
}

/** PostgreSQL's or the system's code of a failure, empty where it has none. */
export function codeOf(failure: unknown): string {
  return textOf(failure, 'code')
}

function constraintOf(failure: unknown): string {
  return textOf(failure, 'constraint')
}

function textOf(failure: unknown, key: string): string {
  if (typeof failure !== 'object' || failure === null) return ''
  const found: unknown = Reflect.get(failure, key)
  return typeof found === 'string' ? found : ''
}
