import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { cors } from 'hono/cors'
import type { Accounts } from './accounts/accounts.ts'

/** More than any sign-up needs, in bytes. */
const maxAuthBody = 16_384

/** Everything that is served over HTTP, on one port. */
export function createHttpApp({
  api,
  accounts,
  allowedOrigins,
}: {
  readonly api: Hono
  readonly accounts: Pick<Accounts, 'handle'>
  readonly allowedOrigins: readonly string[]
}): Hono {
  const app = new Hono()
  const trusted = cors({ origin: [...allowedOrigins], credentials: true, exposeHeaders: ['set-auth-token'] })
  // Anyone's page may call with a token it holds; without credentials, no cookie comes along (contract.md 1).
  const open = cors({ origin: '*' })
  app.use((context, next) =>
    allowedOrigins.includes(context.req.header('origin') ?? '')
      ? trusted(context, next)
      : open(context, next),
  )
  app.use('/auth/*', bodyLimit({ maxSize: maxAuthBody }))
  app.on(['GET', 'POST'], '/auth/*', (context) => accounts.handle(context.req.raw))
  app.get('/', (context) => context.text('Drawbridge is up. How to use it is in README.md.\n'))
  app.all('*', (context) => api.fetch(context.req.raw, context.env))
  return app
}
