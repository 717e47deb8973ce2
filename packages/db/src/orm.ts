import { MikroORM, type Options } from '@mikro-orm/postgresql'
import { Migrator } from '@mikro-orm/migrations'
import { releaseLost } from './connections/release-lost.ts'
import { entities } from './entities/entities.ts'
import type { Log } from './log.ts'
import { migrations } from './migrations/migrations.ts'

/** The object mapper on its own pool; it connects with the first query. */
export function createOrm({ url, log, poolSize }: { url: string; log: Log; poolSize: number }): MikroORM {
  return new MikroORM(ormOptions(url, log, poolSize))
}

function ormOptions(clientUrl: string, log: Log, max: number): Options {
  return {
    clientUrl,
    entities,
    extensions: [Migrator],
    migrations: { migrationsList: [...migrations], tableName: 'drawbridge_migration', snapshot: false },
    // Accounts and jobs keep their own tables in their own schemas.
    schemaGenerator: { ignoreSchema: ['auth', 'graphile_worker'] },
    pool: { min: 0, max, idleTimeoutMillis: 30_000 },
    forceUtcTimezone: true,
    implicitTransactions: false,
    driverOptions: { onPoolCreated: releaseLost },
    logger: (message) => log.info({}, message),
    colors: false,
  }
}
