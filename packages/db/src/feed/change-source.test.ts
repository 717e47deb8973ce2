import { describe, expect, it, vi } from 'vitest'
import { createActing } from '../testing/create-acting.ts'
import { createTestDatabase } from '../testing/create-test-database.ts'
import { pollLimit } from './change-log.ts'
import { parsePayload } from './notifier.ts'

describe('the change source', () => {
  it('polls what came after each cursor, in version order', async () => {
    await using database = await createTestDatabase()
    const [helios, borealis] = [
      await createActing(database, 'Helios'),
      await createActing(database, 'Borealis'),
    ]
    await helios.run('park.create', { name: 'North' })
    await helios.run('park.create', { name: 'South' })

    const { heads, changes } = await database.changes.poll(
      new Map([
        [helios.organization, 1],
        [borealis.organization, 1],
      ]),
    )
    expect(heads).toEqual(
      new Map([
        [helios.organization, 3],
        [borealis.organization, 1],
      ]),
    )
    expect(changes.get(helios.organization)?.map(({ version }) => version)).toEqual([2, 3])
    expect(changes.get(borealis.organization)).toEqual([])
  })

  it('answers the clock when it is asked about nothing, and zero for who is unknown', async () => {
    await using database = await createTestDatabase()
    const { now } = await database.changes.poll(new Map())
    expect(Math.abs(Date.parse(now) - Date.now())).toBeLessThan(60_000)
    const unknown = '01980000-0000-7000-8000-000000000001'
    const { heads, changes } = await database.changes.poll(new Map([[unknown, 7]]))
    expect(heads.get(unknown)).toBe(0)
    expect(changes.get(unknown)).toEqual([])
  })

  it('answers a bounded part of a long log, to be polled again', async () => {
    await using database = await createTestDatabase()
    const helios = await createActing(database, 'Helios')
    await database.sql(
      `insert into change_log select organization_id, n, act, at, cause, facts
       from change_log, generate_series(2, ${pollLimit + 50}) as n`,
    )
    await database.sql('update organization_head set version = $1', [pollLimit + 50])
    const first = await database.changes.poll(new Map([[helios.organization, 0]]))
    expect(first.heads.get(helios.organization)).toBe(pollLimit + 50)
    expect(first.changes.get(helios.organization)).toHaveLength(pollLimit)
    const second = await database.changes.poll(new Map([[helios.organization, pollLimit]]))
    expect(second.changes.get(helios.organization)).toHaveLength(50)
  })

  it('wakes its own node at once, after the commit', async () => {
    await using database = await createTestDatabase()
    const helios = await createActing(database, 'Helios')
    const seen: Promise<number | undefined>[] = []
    using _subscription = database.changes.onWake(() => {
      const polling = database.changes.poll(new Map([[helios.organization, 0]]))
      seen.push(polling.then(({ heads }) => heads.get(helios.organization)))
    })
    await helios.run('park.create', { name: 'North' })
    expect(await Promise.all(seen)).toEqual([2])
  })

  it('wakes another node on the same server, and each only once', async () => {
    await using database = await createTestDatabase()
    await using other = await database.open()
    const helios = await createActing(database, 'Helios')
    const [own, others]: [string[], string[]] = [[], []]
    using _own = database.changes.onWake((organizations) => own.push(...organizations))
    using _others = other.changes.onWake((organizations) => others.push(...organizations))
    await vi.waitFor(async () => {
      await helios.run('park.create', { name: 'North' })
      expect(others).toContain(helios.organization)
    })
    const acts = (await database.reads.versionOf(helios.organization)) - 1
    expect(own).toHaveLength(acts)
  })

  it('stops waking who has unsubscribed', async () => {
    await using database = await createTestDatabase()
    const helios = await createActing(database, 'Helios')
    const woken: unknown[] = []
    database.changes.onWake((organizations) => woken.push(organizations))[Symbol.dispose]()
    await helios.run('park.create', { name: 'North' })
    expect(woken).toEqual([])
  })

  it('tells a database by its epoch', async () => {
    await using database = await createTestDatabase()
    await using other = await createTestDatabase()
    expect(database.changes.epoch).toMatch(/^[0-9a-f-]{36}$/)
    expect(database.changes.epoch).not.toBe(other.changes.epoch)
  })

  it('reads back what a notification names', () => {
    expect(parsePayload('node,a,b')).toEqual({ sender: 'node', organizations: ['a', 'b'] })
    expect(parsePayload('')).toEqual({ sender: '', organizations: [] })
  })
})
