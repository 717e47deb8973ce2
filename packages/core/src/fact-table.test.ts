import { describe, expect, it } from 'vitest'
import { FactTable } from './fact-table.ts'

interface Thing {
  readonly id: string
  readonly owner: string | null
  readonly tags: readonly string[]
}

function createThings(...things: readonly Thing[]) {
  const table = new FactTable<Thing, 'owner' | 'tag'>({
    owner: ({ owner }) => [owner],
    tag: ({ tags }) => tags,
  })
  for (const thing of things) table.put(thing)
  return table
}

const first = { id: '1', owner: 'a', tags: ['x', 'y'] }
const second = { id: '2', owner: 'a', tags: [] }

describe('FactTable', () => {
  it('finds facts by id and by each key', () => {
    const things = createThings(first, second)
    expect(things.size).toBe(2)
    expect(things.get('1')).toBe(first)
    expect(things.by('owner', 'a')).toEqual([first, second])
    expect(things.by('tag', 'y')).toEqual([first])
    expect(things.by('tag', 'nothing')).toEqual([])
    expect([...things.all()]).toEqual([first, second])
  })

  it('finds nothing by a key of null', () => {
    const things = createThings({ id: '3', owner: null, tags: [] })
    expect(things.by('owner', 'null')).toEqual([])
    expect(things.size).toBe(1)
  })

  it('replaces a fact under all its keys', () => {
    const things = createThings(first, second)
    const moved = { ...first, owner: 'b', tags: ['z'] }
    things.put(moved)
    expect(things.by('owner', 'a')).toEqual([second])
    expect(things.by('owner', 'b')).toEqual([moved])
    expect(things.by('tag', 'x')).toEqual([])
    expect(things.size).toBe(2)
  })

  it('drops a fact from all its keys, and may drop it again', () => {
    const things = createThings(first, second)
    things.drop('1')
    things.drop('1')
    expect(things.get('1')).toBeUndefined()
    expect(things.by('owner', 'a')).toEqual([second])
    expect(things.by('tag', 'x')).toEqual([])
    expect(things.size).toBe(1)
  })

  it('answers lists that later changes leave alone', () => {
    const things = createThings(first)
    const found = things.by('owner', 'a')
    things.drop('1')
    expect(found).toEqual([first])
  })
})
