import { DrawbridgeError } from './errors.ts'

/** An instant in UTC with milliseconds, `2026-11-23T20:00:00.000Z`; so written, instants compare as strings. */
export type Instant = string

/** What a caller may set as an expiration: an instant, or a plain date such as `2026-12-31` (C7). */
export type ExpirationInput = string

const plainDate = /^\d{4}-\d{2}-\d{2}$/
const zonedTime = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})$/
const dayInMs = 86_400_000

/** Whether an expiration has passed; access exists strictly before the instant (C7). */
export function isExpired(expiresAt: Instant | null, now: Instant): boolean {
  return expiresAt !== null && expiresAt <= now
}

/** The earlier of two deadlines, where null is never. */
export function earlier(a: Instant | null, b: Instant | null): Instant | null {
  if (a === null) return b
  return b === null || a < b ? a : b
}

/** The later of two deadlines, where null is never. */
export function later(a: Instant | null, b: Instant | null): Instant | null {
  if (a === null || b === null) return null
  return a > b ? a : b
}

/** The instant that a new expiration names: `EXPIRATION_IN_PAST` unless it is in the future (C7). */
export function resolveExpiration(
  input: ExpirationInput | null,
  { timeZone, now }: { timeZone: string; now: Instant },
): Instant | null {
  if (input === null) return null
  const instant = plainDate.test(input) ? endOfDay(input, timeZone) : parseInstant(input)
  if (instant <= now) {
    throw new DrawbridgeError('EXPIRATION_IN_PAST', `${input} is not in the future`, {
      expiresAt: instant,
      now,
    })
  }
  return instant
}

/** The instant at which a calendar day ends in a time zone, which is the first instant of the next day (C7). */
export function endOfDay(date: string, timeZone: string): Instant {
  const midnight = startOfDay(date) + dayInMs
  // When the clock changes at midnight, the next day starts twice or late; either side's offset may tell when.
  const starts = [midnight - dayInMs, midnight + dayInMs]
    .map((time) => midnight - offsetAt(time, timeZone))
    .filter((time) => time + offsetAt(time, timeZone) >= midnight)
  return toInstant(Math.min(...starts), date)
}

/** Whether a name is an IANA time zone that this runtime knows. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false
  try {
    formatterOf(name)
    return true
  } catch {
    return false
  }
}

function parseInstant(input: string): Instant {
  const [, date] = zonedTime.exec(input) ?? []
  if (date === undefined) throw invalidDate(input)
  startOfDay(date)
  return toInstant(Date.parse(input), input)
}

/** The start of a calendar day in UTC, in milliseconds; refuses a day that no calendar has. */
function startOfDay(date: string): number {
  const time = plainDate.test(date) ? Date.parse(date) : Number.NaN
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== date) throw invalidDate(date)
  return time
}

function toInstant(time: number, input: string): Instant {
  // From the year 10000 on instants are written with a sign and no longer compare as strings.
  if (Number.isNaN(time) || time >= Date.UTC(10_000)) throw invalidDate(input)
  return new Date(time).toISOString()
}

function invalidDate(input: string): DrawbridgeError<'INVALID_INPUT'> {
  return new DrawbridgeError('INVALID_INPUT', `${input} is neither an instant nor a date`, {
    field: 'expiresAt',
  })
}

function offsetAt(time: number, timeZone: string): number {
  const parts = Object.fromEntries(
    formatterOf(timeZone)
      .formatToParts(time)
      .map((part) => [part.type, Number(part.value)]),
  )
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts
  return Date.UTC(year, month - 1, day, hour, minute, second) - time
}

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
}
