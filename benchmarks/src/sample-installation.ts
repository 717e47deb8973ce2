import { startEmbeddedPostgres } from '@drawbridge/embedded-postgres'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { spawnServer } from './spawn-server.ts'

/** A server with the sample data, a member of it who is signed in, and a floor on the same database. */
export interface SampleInstallation extends AsyncDisposable {
  readonly url: string
  readonly floorUrl: string
  /** Authenticates the investor's analyst, who reaches parks through a delegated share. */
  readonly headers: Record<string, string>
}

const ports = { server: 23_801, floor: 23_802 }

/** Starts everything in processes of their own on a temporary folder. */
export async function startSampleInstallation(): Promise<SampleInstallation> {
  await using stack = new AsyncDisposableStack()
  const dataDir = await mkdtemp(join(tmpdir(), 'drawbridge-bench-'))
  stack.defer(() => rm(dataDir, { recursive: true, force: true }))
  const postgres = stack.use(await startEmbeddedPostgres({ dataDir: join(dataDir, 'postgres') }))
  const env = {
    DATABASE_URL: postgres.url,
    SECRET: 'a secret for benchmarks, 32 characters',
    LOG_LEVEL: 'warn',
  }
  const url = `http://127.0.0.1:${ports.server}`
  stack.use(
    await spawnServer(new URL('../../apps/server/src/main.ts', import.meta.url), {
      env: { ...env, PORT: String(ports.server), SEED: 'demo', DATA_DIR: dataDir },
      announcement: 'ready at',
      url,
    }),
  )
  const floorUrl = `http://127.0.0.1:${ports.floor}`
  stack.use(
    await spawnServer(new URL('floors/row-server.ts', import.meta.url), {
      env: { ...env, PORT: String(ports.floor) },
      announcement: 'floor is ready',
      url: floorUrl,
    }),
  )
  const headers = await signIn(url)
  const running = stack.move()
  return { url, floorUrl, headers, [Symbol.asyncDispose]: () => running.disposeAsync() }
}

async function signIn(url: string): Promise<Record<string, string>> {
  const response = await fetch(new URL('/auth/sign-in/email', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ email: 'paul@rheingold.example', password: 'drawbridge-demo' }),
  })
  const token = response.headers.get('set-auth-token')
  if (token === null) throw new Error(`signing in answered ${response.status}`)
  return { authorization: `Bearer ${token}` }
}
