import { describe, expect, inject, it } from 'vitest'
import { createDatabase } from './database.ts'
import { createOrm } from './orm.ts'
import { createQuietLog } from './testing/quiet-log.ts'
import { createTestDatabase } from './testing/create-test-database.ts'
import { runSql } from './testing/run-sql.ts'

const log = createQuietLog()

describe('createDatabase', () => {
  it.for([
    ['postgres://nobody:secret@127.0.0.1:1/none', 'cannot use the database none on 127.0.0.1:1'],
    ['postgres://nobody:secret@name.invalid/none', 'cannot use the database none on name.invalid:5432'],
  ])('says in one error why it cannot use %s', async ([url, message]) => {
    const failure = await createDatabase({ url: url ?? '', log }).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(Error)
    expect(String(failure)).toContain(message)
    expect(String(failure)).not.toContain('secret')
  })

  it('names a database that does not exist', async () => {
    const url = new URL(inject('postgres').url)
    url.pathname = 'missing'
    await expect(createDatabase({ url: url.href, log })).rejects.toThrow('database "missing" does not exist')
  })

  it('migrates once when several nodes start at once, and then has nothing left to do', async () => {
    const { url: server } = inject('postgres')
    await runSql(server, 'create database migrated_at_once')
    const url = new URL(server)
    url.pathname = 'migrated_at_once'
    {
      await using one = await createDatabase({ url: url.href, log })
      await using two = await createDatabase({ url: url.href, log })
      expect(() => one.changes.epoch).toThrow('migrated')
      expect(await one.reasonNotReady()).toBe('the database has no tables yet')
      await Promise.all([one.migrate(), two.migrate()])
      expect(one.changes.epoch).toBe(two.changes.epoch)
      expect(await one.reasonNotReady()).toBeNull()
      await one.migrate()
    }
    await runSql(server, 'drop database migrated_at_once')
  })

  it('has tables that are exactly those of the entities', async () => {
    await using database = await createTestDatabase()
    await database.sql('create schema auth create table session (id int)')
    const orm = createOrm({ url: database.url, log, poolSize: 1 })
    try {
      expect(await orm.schema.getUpdateSchemaSQL({ wrap: false })).toBe('')
    } finally {
      await orm.close()
    }
  })

  it('is not ready while the database is read-only or gone', async () => {
    const database = await createTestDatabase()
    await database.sql(`do $$ begin
      execute format('alter database %I set default_transaction_read_only = on', current_database());
    end $$`)
    await using late = await database.open()
    expect(await late.reasonNotReady()).toBe('the database is read-only')
    await database.close()
    expect(await late.reasonNotReady()).toContain('does not answer')
  })
})
