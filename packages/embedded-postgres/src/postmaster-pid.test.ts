import { expect, test } from 'vitest'
import { isAlive, parsePostmasterPid } from './postmaster-pid.ts'

test('a postmaster.pid tells process, port and state', () => {
  const lines = ['4711', '/data', '1700000000', '15432', '', '127.0.0.1', '  1234  5', 'ready   ', '']
  expect(parsePostmasterPid(lines.join('\n'))).toEqual({ pid: 4711, port: 15432, ready: true })
  expect(parsePostmasterPid(lines.join('\n').replace('ready', 'stopping'))?.ready).toBe(false)
})

test('a postmaster.pid that is still being written tells no state yet', () => {
  expect(parsePostmasterPid('4711\n/data\n')?.ready).toBe(false)
  expect(parsePostmasterPid('')).toBeUndefined()
})

test('a process that exists is alive, and one that cannot exist is not', () => {
  expect(isAlive(process.pid)).toBe(true)
  expect(isAlive(4_194_303)).toBe(false)
})
