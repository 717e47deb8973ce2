import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { earlier, endOfDay, isExpired, isTimeZone, later, resolveExpiration } from './instant.ts'
import { refusalOf } from './testing/refusal.ts'

const now = '2026-03-02T09:00:00.000Z'

describe('isExpired', () => {
  it('C7: gives access strictly before the instant', () => {
    expect(isExpired('2026-03-02T09:00:00.001Z', now)).toBe(false)
    expect(isExpired('2026-03-02T09:00:00.000Z', now)).toBe(true)
    expect(isExpired('2026-03-02T08:59:59.999Z', now)).toBe(true)
    expect(isExpired(null, now)).toBe(false)
  })
})

describe('earlier and later', () => {
  it('S7: take null for never', () => {
    expect(earlier(null, now)).toBe(now)
    expect(earlier(now, null)).toBe(now)
    expect(earlier(null, null)).toBeNull()
    expect(earlier('2026-01-01T00:00:00.000Z', now)).toBe('2026-01-01T00:00:00.000Z')
    expect(later(null, now)).toBeNull()
    expect(later(now, null)).toBeNull()
    expect(later('2026-01-01T00:00:00.000Z', now)).toBe(now)
  })
})

describe('endOfDay', () => {
  it.each([
    ['2026-12-31', 'UTC', '2027-01-01T00:00:00.000Z'],
    ['2026-12-31', 'Europe/Berlin', '2026-12-31T23:00:00.000Z'],
    ['2026-07-31', 'Europe/Berlin', '2026-07-31T22:00:00.000Z'],
    ['2026-12-31', 'Asia/Kolkata', '2026-12-31T18:30:00.000Z'],
    ['2026-12-31', 'Pacific/Kiritimati', '2026-12-31T10:00:00.000Z'],
    ['2026-12-31', 'Pacific/Pago_Pago', '2027-01-01T11:00:00.000Z'],
    ['2028-02-29', 'America/New_York', '2028-03-01T05:00:00.000Z'],
  ])('C7: ends %s in %s at %s', (date, timeZone, instant) => {
    expect(endOfDay(date, timeZone)).toBe(instant)
  })

  it.each([
    ['the day that loses an hour', '2026-03-29', 'Europe/Berlin', '2026-03-29T22:00:00.000Z'],
    ['the day before it', '2026-03-28', 'Europe/Berlin', '2026-03-28T23:00:00.000Z'],
    ['the day that gains an hour', '2026-10-25', 'Europe/Berlin', '2026-10-25T23:00:00.000Z'],
    ['the day before it', '2026-10-24', 'Europe/Berlin', '2026-10-24T22:00:00.000Z'],
    ['a day whose midnight is skipped, west', '2026-09-05', 'America/Santiago', '2026-09-06T04:00:00.000Z'],
    [
      'a day whose midnight is skipped, on the Azores',
      '2026-03-28',
      'Atlantic/Azores',
      '2026-03-29T01:00:00.000Z',
    ],
    [
      'a day whose midnight is skipped, in Havana',
      '2026-03-07',
      'America/Havana',
      '2026-03-08T05:00:00.000Z',
    ],
    ['a day whose midnight is skipped, east', '2026-04-23', 'Africa/Cairo', '2026-04-23T22:00:00.000Z'],
    ['a day whose next one starts twice', '2026-10-31', 'America/Havana', '2026-11-01T04:00:00.000Z'],
    ['a day that is resumed after its midnight', '2026-10-29', 'Africa/Cairo', '2026-10-29T22:00:00.000Z'],
    ['a day that ends with the hour it loses', '2026-03-28', 'America/Nuuk', '2026-03-29T01:00:00.000Z'],
  ])('C7: ends %s with its last instant', (_, date, timeZone, instant) => {
    expect(endOfDay(date, timeZone)).toBe(instant)
  })

  it('C7: is the first instant of the next day, in every time zone', () => {
    const day = fc.date({ min: new Date('2026-01-01'), max: new Date('2030-12-31'), noInvalidDate: true })
    const zones = ['Europe/Berlin', 'America/Santiago', 'Atlantic/Azores', 'Africa/Cairo', 'Asia/Beirut']
    const others = [
      'America/Havana',
      'Australia/Lord_Howe',
      'America/Nuuk',
      'America/Asuncion',
      'Asia/Kathmandu',
    ]
    fc.assert(
      fc.property(day, fc.constantFrom(...zones, ...others), (at, zone) => {
        const date = at.toISOString().slice(0, 10)
        const end = Date.parse(endOfDay(date, zone))
        expect(dayIn(zone, end - 1)).toBe(date)
        expect(dayIn(zone, end) > date).toBe(true)
      }),
    )
  })

  it.each(['2026-02-29', '2026-13-01', '2026-00-10', '2026-04-31', '26-04-01', '2026-4-1', 'tomorrow'])(
    'refuses %s',
    (date) => {
      expect(refusalOf(() => endOfDay(date, 'UTC')).code).toBe('INVALID_INPUT')
    },
  )
})

describe('resolveExpiration', () => {
  const inBerlin = { timeZone: 'Europe/Berlin', now }

  it('C7: takes an instant with its offset, and null for never', () => {
    expect(resolveExpiration('2026-03-02T10:00:00Z', inBerlin)).toBe('2026-03-02T10:00:00.000Z')
    expect(resolveExpiration('2026-03-02T10:30:00.5+01:00', inBerlin)).toBe('2026-03-02T09:30:00.500Z')
    expect(resolveExpiration(null, inBerlin)).toBeNull()
  })

  it('C7: takes a date for the end of that day, today included', () => {
    expect(resolveExpiration('2026-03-02', inBerlin)).toBe('2026-03-02T23:00:00.000Z')
  })

  it.each(['2026-03-02T09:00:00.000Z', '2026-03-02T08:59:59.999Z', '2026-03-01', '1999-01-01'])(
    'C7: refuses %s, which is not in the future',
    (input) => {
      const refusal = refusalOf(() => resolveExpiration(input, inBerlin))
      expect(refusal.code).toBe('EXPIRATION_IN_PAST')
      expect(refusal.details).toMatchObject({ now })
    },
  )

  it.each([
    '2026-12-31T10:00:00',
    '2026-12-31T10:00',
    '2026-02-30T10:00:00Z',
    '2026-12-31T25:00:00Z',
    '2027',
    '2026-12',
    'Dec 31, 2026',
    '12/31/2026',
    '1',
    '',
    '+010000-01-01T00:00:00Z',
    '9999-12-31T23:00:00-01:00',
    '2026-02-29',
  ])('refuses %j, which names no instant and no day', (input) => {
    expect(refusalOf(() => resolveExpiration(input, inBerlin)).code).toBe('INVALID_INPUT')
  })
})

describe('isTimeZone', () => {
  it('knows the names of time zones alone', () => {
    expect(['UTC', 'Europe/Berlin', 'America/Argentina/Buenos_Aires'].filter(isTimeZone)).toHaveLength(3)
    expect(['', 'Mars/Olympus', 'Berlin', '+01:00', '-05', 'Europe/Berlin\n'].filter(isTimeZone)).toEqual([])
  })
})

function dayIn(timeZone: string, time: number): string {
  return new Date(time).toLocaleDateString('sv-SE', { timeZone })
}
