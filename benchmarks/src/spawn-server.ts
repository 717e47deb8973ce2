import { spawn } from 'node:child_process'
import { once } from 'node:events'

/** A server in a process of its own, so that it shares nothing with what loads it. */
export interface SpawnedServer extends AsyncDisposable {
  readonly url: string
}

/** Starts a TypeScript file and waits until it prints `announcement`; ends it with SIGTERM. */
export async function spawnServer(
  file: URL,
  { env, announcement, url }: { env: Record<string, string>; announcement: string; url: string },
): Promise<SpawnedServer> {
  const child = spawn(process.execPath, [file.pathname], {
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(child, 'close')
  let output = ''
  const { promise, resolve } = Promise.withResolvers<void>()
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString()
    if (output.includes(announcement)) resolve()
  })
  await Promise.race([
    promise,
    exited.then(() => {
      throw new Error(`${file.pathname} ended before it was ready: ${output}`)
    }),
  ])
  return {
    url,
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM')
      await exited
    },
  }
}
