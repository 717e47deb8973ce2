import { expect, it } from 'vitest'
import { cursorPrefix, readCursor, type CursorOwner } from './cursor.ts'

const owner: CursorOwner = {
  epoch: 'one',
  organization: 'helios',
  member: 'anna',
  audience: 'member',
  role: 'admin',
}

it('reads back what it wrote', () => {
  expect(readCursor(`${cursorPrefix(owner)}42`, owner)).toBe(42)
})

it.each<[string, Partial<CursorOwner>]>([
  ['history', { epoch: 'two' }],
  ['organization', { organization: 'boreas' }],
  ['member', { member: 'otto' }],
  ['audience', { audience: 'organization' }],
  ['role', { role: 'member' }],
])('is worth nothing to another %s', (_, changes) => {
  expect(readCursor(`${cursorPrefix(owner)}42`, { ...owner, ...changes })).toBeNull()
})

it.each(['', '.', '42', cursorPrefix(owner), `${cursorPrefix(owner)}-1`, `${cursorPrefix(owner)}1e9`])(
  'does not read %j',
  (cursor) => {
    expect(readCursor(cursor, owner)).toBeNull()
  },
)
