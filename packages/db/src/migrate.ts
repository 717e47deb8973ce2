import type { MikroORM } from '@mikro-orm/postgresql'
import pg from 'pg'
import { connectionOptions } from './connections/connection-options.ts'
import type { Log } from './log.ts'

/** Any number will do, as long as every node takes the same. */
const migrationLock = 7_243_019_582

/** Brings the tables up to date; of several nodes that start at once, one does it and the others wait. */
export async function migrate(
  orm: MikroORM,
  { url, log }: { readonly url: string; readonly log: Log },
): Promise<void> {
  const client = new pg.Client(connectionOptions(url))
  client.on('error', (error) => log.warn({ error }, 'the connection that guards migrations was lost'))
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [migrationLock])
    const done = await orm.migrator.up()
    if (done.length > 0) log.info({ migrations: done.map(({ name }) => name) }, 'the database was migrated')
  } finally {
    await client.end()
  }
}
