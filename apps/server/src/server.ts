import { createApi } from '@drawbridge/api'
import { createChannel } from '@drawbridge/realtime'
import type { Server } from 'node:http'
import type { Logger } from 'pino'
import { Registry } from 'prom-client'
import { openAccounts } from './accounts/accounts.ts'
import { createAuthPool } from './accounts/auth-pool.ts'
import { createCallers } from './callers.ts'
import { createHttpApp } from './http-app.ts'
import { createHttpServer, listen } from './listen.ts'
import { openDatabase } from './open-database.ts'
import { seedSample } from './sample/seed.ts'
import { readOrCreateSecret } from './secret.ts'
import type { Settings } from './settings.ts'

/** A server that answers; disposing it says goodbye to its sockets, then closes the database. */
export interface RunningServer extends AsyncDisposable {
  readonly url: string
}

/** Wires all parts by the settings, and serves. */
export async function startServer(settings: Settings, log: Logger): Promise<RunningServer> {
  await using stack = new AsyncDisposableStack()
  const { database, url } = await openDatabase(settings, { stack, log })
  const { executor, reads, decisions, changes } = database

  const authPool = createAuthPool(url, (error) => log.warn({ error: error.message }, 'auth connection lost'))
  stack.defer(() => authPool.end())
  const { publicUrl, allowedOrigins, leaseMs } = settings
  const secret = settings.secret ?? (await readOrCreateSecret(settings.dataDir))
  const accounts = await openAccounts({ pool: authPool, secret, publicUrl, allowedOrigins })
  if (settings.seed === 'demo') await seedSample({ accounts, executor, reads })

  const callers = createCallers({ accounts, reads, allowedOrigins })
  const readiness = {
    reasonNotReady: async () => (await database.reasonNotReady()) ?? channel.reasonNotReady(),
  }
  const api = createApi({ callers, executor, reads, decisions, readiness, log, metrics: new Registry() })
  const httpServer = createHttpServer(createHttpApp({ api: api.app, accounts, allowedOrigins }))
  const channel = createChannel({
    httpServer,
    source: changes,
    authenticator: callers,
    leaseMs,
    allowedOrigins,
    log,
  })
  stack.defer(() => closeHttp(httpServer))
  stack.defer(() => channel.close())

  await listen(httpServer, settings)
  const running = stack.move()
  return { url: publicUrl, [Symbol.asyncDispose]: () => running.disposeAsync() }
}

async function closeHttp(server: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
