import { expect, test } from 'vitest'
import { headline, readFailure } from './read-failure.ts'

test.for([
  ['FATAL:  lock file "postmaster.pid" already exists', 'LOCKED'],
  ['FATAL:  pre-existing shared memory block (key 1, ID 2) is still in use', 'BUSY'],
  ['LOG:  could not bind IPv4 address "127.0.0.1": Address already in use', 'PORT_TAKEN'],
  ['FATAL:  could not write to file "pg_wal/xlogtemp.9": No space left on device', 'DATA_DIR_UNUSABLE'],
  ['FATAL:  data directory "/x" has wrong ownership', 'DATA_DIR_UNUSABLE'],
  ['FATAL:  unrecognized configuration parameter "x"', undefined],
])('"%s" means %s', ([log, failure]) => {
  expect(readFailure(`LOG:  starting\n${log}\nHINT:  none`)).toBe(failure)
})

test('the headline is the last fatal line with its detail, without its prefix', () => {
  const log =
    '2026-01-01 UTC [1] LOG:  hello\n2026-01-01 UTC [1] FATAL:  no\n2026-01-01 UTC [1] DETAIL:  because\n'
  expect(headline(log)).toBe('no (because)')
  expect(headline('just this\n')).toBe('just this')
  expect(headline('')).toBe('it said nothing')
})
