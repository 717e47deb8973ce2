import { createDatabase, type Database } from '@drawbridge/db'
import { startEmbeddedPostgres } from '@drawbridge/embedded-postgres'
import { join, resolve } from 'node:path'
import type { Logger } from 'pino'
import type { Settings } from './settings.ts'

/** The database that the settings name, or the embedded one; migrated, and closed with `stack`. */
export async function openDatabase(
  settings: Pick<Settings, 'databaseUrl' | 'dataDir'>,
  { stack, log }: { readonly stack: AsyncDisposableStack; readonly log: Logger },
): Promise<{ readonly database: Database; readonly url: string }> {
  const url = settings.databaseUrl ?? (await startEmbedded(settings.dataDir, { stack, log }))
  const database = stack.use(await createDatabase({ url, log }))
  await database.migrate()
  return { database, url }
}

async function startEmbedded(
  dataDir: string,
  { stack, log }: { readonly stack: AsyncDisposableStack; readonly log: Logger },
): Promise<string> {
  const postgres = await startEmbeddedPostgres({
    dataDir: join(resolve(dataDir), 'postgres'),
    log: (line) => log.debug({ postgres: line }, 'postgres'),
  })
  stack.use(postgres)
  return postgres.url
}
