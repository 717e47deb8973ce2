import { describe, expect, it, vi } from 'vitest'
import { cooperate, createActing } from './testing/create-acting.ts'
import { createTestDatabase, type TestDatabase } from './testing/create-test-database.ts'

describe('a database that fails', () => {
  it('answers UNAVAILABLE when a stuck command holds the lock, and goes on when it lets go', async () => {
    await using database = await createTestDatabase()
    const [helios, borealis] = [
      await createActing(database, 'Helios'),
      await createActing(database, 'Borealis'),
    ]
    const cooperation = await cooperate(helios, borealis)
    {
      await using _holder = await database.hold(borealis.organization)
      const started = Date.now()
      await expect(helios.run('cooperation.pause', { cooperation })).rejects.toMatchObject({
        code: 'UNAVAILABLE',
        details: { retryAfterMs: expect.any(Number) },
      })
      expect(Date.now() - started).toBeLessThan(5_000)
      // Who is not concerned is not held up.
      await helios.run('park.create', { name: 'Sonnenfeld' })
    }
    await expect(helios.run('cooperation.pause', { cooperation })).resolves.toMatchObject({ version: 5 })
    expect(await database.sql('select id from audit_entry where refused is not null')).toEqual([])
  })

  it('answers UNAVAILABLE to a command whose connection is killed, and leaves nothing half done', async () => {
    // With one connection in the pool, the next command shows that the lost one was given back.
    await using database = await createTestDatabase({ poolSize: 1 })
    const [helios, borealis] = [
      await createActing(database, 'Helios'),
      await createActing(database, 'Borealis'),
    ]
    const cooperation = await cooperate(helios, borealis)
    {
      await using _holder = await database.hold(borealis.organization)
      const pausing = helios.run('cooperation.pause', { cooperation })
      const [settled] = await Promise.allSettled([
        pausing,
        vi.waitFor(async () => expect(await killWaiting(database)).toBe(1)),
      ])
      expect(settled).toMatchObject({ status: 'rejected', reason: { code: 'UNAVAILABLE' } })
    }
    expect(await database.reads.versionOf(helios.organization)).toBe(3)
    await expect(helios.run('cooperation.pause', { cooperation })).resolves.toMatchObject({ version: 4 })
  })

  it('goes on deciding, polling and waking after every connection was killed', async () => {
    await using database = await createTestDatabase()
    await using other = await database.open()
    const helios = await createActing(database, 'Helios')
    const woken = new Set<string>()
    using _subscription = other.changes.onWake((organizations) => {
      for (const organization of organizations) woken.add(organization)
    })
    const check = {
      member: helios.member,
      action: 'view',
      resource: { type: 'park', id: helios.member },
    } as const
    const asker = { organization: helios.organization, isSelf: true }
    await database.decisions.decideMany([check], asker)
    await database.sql(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid()`,
    )

    await vi.waitFor(() => helios.run('park.create', { name: 'Sonnenfeld' }))
    const [decision] = await database.decisions.decideMany([check], asker)
    expect(decision).toMatchObject({ reason: 'no_path', version: 2 })
    const { heads } = await database.changes.poll(new Map([[helios.organization, 0]]))
    expect(heads.get(helios.organization)).toBe(2)
    expect((await database.changes.memberSnapshot(helios.member)).version).toBe(2)
    await vi.waitFor(async () => {
      await helios.run('park.create', { name: 'Another' })
      expect(woken).toContain(helios.organization)
    })
    expect(database.logged.some(({ level }) => level === 'warn')).toBe(true)
  })
})

/** Kills whatever waits for a lock, and answers how many did. */
async function killWaiting({ sql }: TestDatabase): Promise<number> {
  const killed = await sql(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and wait_event_type = 'Lock'`,
  )
  return killed.length
}
