import { randomUUID } from 'node:crypto'
import type { OrganizationId } from '@drawbridge/core'
import pg from 'pg'
import { inject } from 'vitest'
import { createDatabase, type Database, type DatabaseOptions } from '../database.ts'
import type { ProvidedPostgres } from './global-setup.ts'
import { createQuietLog, type Logged } from './quiet-log.ts'
import { runSql } from './run-sql.ts'

/** A migrated database of a test's own, gone when it is disposed of. */
export interface TestDatabase extends Database {
  readonly url: string
  /** What was logged. */
  readonly logged: readonly Logged[]
  /** Another node on the same database; closed together with it. */
  open(options?: TestDatabaseOptions): Promise<Database>
  /** Holds the head of an organization in a transaction of its own, as a stuck command would. */
  hold(organization: OrganizationId): Promise<Holder>
  sql: <Row extends Record<string, unknown>>(sql: string, values?: readonly unknown[]) => Promise<Row[]>
}

/** A transaction that holds a lock until it is disposed of. */
export interface Holder extends AsyncDisposable {
  /** Whether the lock was not lost meanwhile. */
  readonly isHeld: boolean
}

export type TestDatabaseOptions = Partial<Omit<DatabaseOptions, 'url'>>

/** Copies the run's template database; needs `testing/global-setup.ts` in vitest's `globalSetup`. */
export async function createTestDatabase(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const postgres: ProvidedPostgres = inject('postgres')
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const url = new URL(postgres.url)
  url.pathname = name
  await runSql(postgres.url, `create database ${name} template ${postgres.template}`)
  // A copy has a history of its own.
  await runSql(url.href, 'update installation set epoch = gen_random_uuid()')

  await using opening = new AsyncDisposableStack()
  opening.defer(async () => {
    await runSql(postgres.url, `drop database ${name} with (force)`)
  })
  const log = createQuietLog()
  const open = async (more: TestDatabaseOptions = {}) => {
    const database = await createDatabase({ log, poolSize: 8, ...more, url: url.href })
    resources.use(database)
    return database
  }
  const resources = opening.move()
  const database = await open(options)
  const close = () => resources.disposeAsync()
  return {
    ...database,
    url: url.href,
    logged: log.lines,
    open,
    hold: (organization) => hold(url.href, organization),
    sql: (sql, values) => runSql(url.href, sql, values),
    close,
    [Symbol.asyncDispose]: close,
  }
}

async function hold(url: string, organization: OrganizationId): Promise<Holder> {
  const client = new pg.Client({ connectionString: url })
  let isHeld = true
  client.on('error', () => {
    isHeld = false
  })
  await client.connect()
  await client.query('begin')
  await client.query('select from organization_head where organization_id = $1 for update', [organization])
  return {
    get isHeld() {
      return isHeld
    },
    [Symbol.asyncDispose]: () => client.end(),
  }
}
