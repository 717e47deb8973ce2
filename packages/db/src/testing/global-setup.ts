import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbeddedPostgres } from '@drawbridge/embedded-postgres'
import type { TestProject } from 'vitest/node'
import { createDatabase } from '../database.ts'
import { createQuietLog } from './quiet-log.ts'
import { runSql } from './run-sql.ts'

/** The PostgreSQL of a test run, with the name of a migrated database to copy. */
export interface ProvidedPostgres {
  readonly url: string
  readonly template: string
}

declare module 'vitest' {
  interface ProvidedContext {
    postgres: ProvidedPostgres
  }
}

const template = 'drawbridge_template'

/** Starts one PostgreSQL for a whole test run and lays out the database that tests copy. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(join(tmpdir(), 'drawbridge-test-'))
  const postgres = await startEmbeddedPostgres({
    dataDir: join(dataDir, 'data'),
    durable: false,
    settings: { max_connections: '400' },
  })
  const stop = async () => {
    await postgres.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
  try {
    await createTemplate(postgres.url)
  } catch (error) {
    await stop()
    throw error
  }
  project.provide('postgres', { url: postgres.url, template })
  return stop
}

async function createTemplate(server: string): Promise<void> {
  await runSql(server, `create database ${template}`)
  const url = new URL(server)
  url.pathname = template
  await using database = await createDatabase({ url: url.href, log: createQuietLog() })
  await database.migrate()
}
