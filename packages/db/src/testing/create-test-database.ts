import { randomUUID } from 'node:crypto'
import { inject } from 'vitest'
import { createDatabase, type Database, type DatabaseOptions } from '../database.ts'
import type {} from './global-setup.ts'
import { createQuietLog, type Logged } from './quiet-log.ts'
import { runSql } from './run-sql.ts'

/** A migrated database of a test's own, gone when it is disposed of. */
export interface TestDatabase extends Database {
  readonly url: string
  /** What was logged. */
  readonly logged: readonly Logged[]
  /** Another node on the same database; closed together with it. */
  open(options?: TestDatabaseOptions): Promise<Database>
  sql: <Row extends Record<string, unknown>>(sql: string, values?: readonly unknown[]) => Promise<Row[]>
}

export type TestDatabaseOptions = Partial<Omit<DatabaseOptions, 'url'>>

/** Copies the run's template database; needs `testing/global-setup.ts` in vitest's `globalSetup`. */
export async function createTestDatabase(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const postgres = inject('postgres')
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const url = new URL(postgres.url)
  url.pathname = name
  await runSql(postgres.url, `create database ${name} template ${postgres.template}`)

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
    sql: (sql, values) => runSql(url.href, sql, values),
    close,
    [Symbol.asyncDispose]: close,
  }
}
