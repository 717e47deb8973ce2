import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { findFreePort } from './testing/test-server.ts'

interface Ended {
  readonly code: number | null
  readonly output: string
  readonly errors: string
}

const main = join(import.meta.dirname, 'main.ts')

/** Runs the server as an operator does, until it ends or `until` is printed; then it is sent SIGTERM. */
async function run(environment: Record<string, string>, until?: string): Promise<Ended> {
  const dataDir = await mkdtemp(join(tmpdir(), 'drawbridge-main-'))
  const child = spawn(process.execPath, [main], {
    env: { PATH: process.env['PATH'] ?? '', DATA_DIR: dataDir, LOG_LEVEL: 'silent', ...environment },
  })
  let output = ''
  let errors = ''
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()))
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString()
    if (until !== undefined && output.includes(until)) child.kill('SIGTERM')
  })
  await once(child, 'close')
  await rm(dataDir, { recursive: true, force: true })
  return { code: child.exitCode, output, errors }
}

it(
  'starts on an empty folder, prints how to sign in, and stops cleanly on SIGTERM',
  { timeout: 60_000 },
  async () => {
    const port = await findFreePort()
    const { code, output, errors } = await run({ PORT: String(port) }, 'npx -y pnpm@12 tour')
    expect(errors).toBe('')
    expect(output).toContain(`ready at http://127.0.0.1:${port}`)
    expect(output).toContain('ada@helios.example')
    expect(code).toBe(0)
  },
)

it('a taken port is one clear line and exit 1', { timeout: 60_000 }, async () => {
  const port = await findFreePort()
  const other = createServer().listen(port, '127.0.0.1')
  await once(other, 'listening')
  const { code, errors } = await run({ PORT: String(port) })
  other.close()
  expect(code).toBe(1)
  expect(errors.trim().split('\n')).toEqual([expect.stringContaining(String(port))])
})

it('an unusable DATABASE_URL is one clear line and exit 1', { timeout: 60_000 }, async () => {
  const port = await findFreePort()
  const { code, errors } = await run({
    PORT: String(await findFreePort()),
    DATABASE_URL: `postgres://nobody@127.0.0.1:${port}/none`,
    SECRET: 'x'.repeat(32),
  })
  expect(code).toBe(1)
  expect(errors.trim().split('\n')).toEqual([expect.stringMatching(/^drawbridge: .*database/)])
})

it('an unusable data folder is one clear line and exit 1', async () => {
  const { code, errors } = await run({ DATA_DIR: '/dev/null/drawbridge', PORT: String(await findFreePort()) })
  expect(code).toBe(1)
  expect(errors.trim().split('\n')).toEqual([expect.stringMatching(/^drawbridge: /)])
})
