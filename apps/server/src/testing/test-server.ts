import { createTestDatabase } from '@drawbridge/db/testing'
import { createDrawbridge, type Drawbridge, type DrawbridgeOptions } from '@drawbridge/sdk'
import { createServer } from 'node:net'
import { createLog } from '../create-log.ts'
import { sampleOrganizations, samplePassword } from '../sample/people.ts'
import { startServer } from '../server.ts'
import { readSettings } from '../settings.ts'
import { signIn } from '../tour/sign-in.ts'

const secret = 'a secret that only tests know, 32 characters'

/** A whole server with the sample data on a database of its own, and apps that embed the SDK. */
export interface TestServer extends AsyncDisposable {
  readonly url: string
  readonly databaseUrl: string
  /** An app of one of the sample people, by email address, whose replica is live. */
  app(email: string, options?: Partial<DrawbridgeOptions>): Promise<Drawbridge>
}

/** Emails of the sample people by their part in the story. */
export const people = {
  owner: sampleOrganizations.owner.people[0].email,
  partner: sampleOrganizations.serviceProvider.people[0].email,
  technician: sampleOrganizations.serviceProvider.people[1].email,
  investor: sampleOrganizations.investor.people[0].email,
  analyst: sampleOrganizations.investor.people[1].email,
} as const

/** Starts a server; on another one's database if its url is given. */
export async function startTestServer(databaseUrl?: string): Promise<TestServer> {
  await using stack = new AsyncDisposableStack()
  const url = databaseUrl ?? stack.use(await createTestDatabase()).url
  const port = await findFreePort()
  const settings = readSettings({
    PORT: String(port),
    DATABASE_URL: url,
    SECRET: secret,
    SEED: 'demo',
    LOG_LEVEL: 'error',
  })
  const server = stack.use(await startServer(settings, createLog(settings.logLevel)))
  const apps = stack.use(new AsyncDisposableStack())
  const running = stack.move()
  return {
    url: server.url,
    databaseUrl: url,
    async app(email, options = {}) {
      const token = await signIn(server.url, email, samplePassword)
      const bridge = apps.use(createDrawbridge({ url: server.url, getToken: () => token, ...options }))
      await bridge.ready()
      return bridge
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  }
}

/** A port below the ephemeral range that nothing listens on. */
export async function findFreePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000)
    const isFree = await new Promise<boolean>((resolve) => {
      const probe = createServer()
      probe.once('error', () => resolve(false))
      probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
    })
    if (isFree) return port
  }
}
