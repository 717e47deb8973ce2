import { DrawbridgeError, type Id } from '@drawbridge/core'
import { isUuid, noId } from '../load/uuids.ts'

/** Where a list by name and id goes on: after this item. */
export interface NameKey {
  readonly name: string
  readonly id: Id
}

/** Before everything. */
export const firstKey: NameKey = { name: '', id: noId }

/** Writes the key of an item as an opaque cursor. */
export function toCursor({ name, id }: NameKey): string {
  return Buffer.from(JSON.stringify([name, id])).toString('base64url')
}

/** Reads the cursor of a list by name and id; throws `INVALID_INPUT` for one that we did not write. */
export function fromCursor(cursor: string): NameKey {
  const [name, id] = requireCursor(cursor, 2)
  return { name: name ?? '', id: id ?? '' }
}

/** The values in a cursor, of which the last is an id; throws `INVALID_INPUT` for one that we did not write. */
export function requireCursor(cursor: string, length: number): readonly string[] {
  const values = parse(cursor)
  if (values.length === length && isUuid(values.at(-1) ?? '')) return values
  throw new DrawbridgeError('INVALID_INPUT', 'the cursor is not one of ours', { field: 'cursor' })
}

function parse(cursor: string): readonly string[] {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    return Array.isArray(parsed) && parsed.every(isText) ? parsed : []
  } catch {
    return []
  }
}

/** PostgreSQL's text holds no NUL. */
function isText(value: unknown): value is string {
  return typeof value === 'string' && !value.includes('\0')
}
