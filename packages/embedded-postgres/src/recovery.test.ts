import { spawn } from 'node:child_process'
import { existsSync, readdirSync, utimesSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect, test } from 'vitest'
import { findBinaries } from './binaries.ts'
import { openDataDir } from './data-dir.ts'
import { findFreePort } from './free-port.ts'
import { chooseLauncher } from './launcher.ts'
import { launchPostmaster } from './postmaster.ts'
import type { Launch } from './postmaster.ts'
import { startEmbeddedPostgres } from './start.ts'
import { query } from './testing/query.ts'
import { shadowProgram } from './testing/shadow-program.ts'
import { serverOf, startChild } from './testing/start-child.ts'
import { makeTempFolder } from './testing/temp-folder.ts'
import { postmasterOf, waitUntil, waitUntilStopped } from './testing/wait-for.ts'

const onLinux = process.platform === 'linux'

test('after a kill -9 of PostgreSQL the next start recovers what was committed', async () => {
  using folder = makeTempFolder()
  const options = { dataDir: folder.dataDir, durable: false }
  const killed = await startEmbeddedPostgres(options)
  await query(killed.url, 'CREATE TABLE kept AS SELECT 42 AS answer')
  process.kill(await postmasterOf(folder.dataDir), 'SIGKILL')
  await using server = await startEmbeddedPostgres(options)
  expect(server.reused).toBe(false)
  expect(await query(server.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }])
  await killed.stop()
})

test.runIf(onLinux)('a kill -9 of the parent ends the server cleanly, and the next start works', async () => {
  using folder = makeTempFolder()
  await using child = startChild({ dataDir: folder.dataDir })
  const { url } = await serverOf(child)
  await query(url, 'CREATE TABLE kept AS SELECT 42 AS answer')
  child.killGroup('SIGKILL')
  await child.exit()
  const lines: string[] = []
  const log = (line: string): void => void lines.push(line)
  await using server = await startEmbeddedPostgres({ dataDir: folder.dataDir, durable: false, log })
  expect(server.reused).toBe(false)
  expect(await query(server.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }])
  expect(lines.join('\n')).not.toContain('was not properly shut down')
})

test.runIf(onLinux)(
  'a server that outlives its parent is reused: without the signal of its death it does',
  async () => {
    using folder = makeTempFolder()
    const PATH = shadowProgram(folder.path, 'setpriv', 'shift 2; exec "$@"')
    await using child = startChild({ dataDir: folder.dataDir }, { env: { PATH } })
    const { port } = await serverOf(child)
    const orphan = await postmasterOf(folder.dataDir)
    child.kill('SIGKILL')
    await child.exit()
    await using server = await startEmbeddedPostgres({ dataDir: folder.dataDir, durable: false })
    expect(server).toMatchObject({ reused: true, port })
    expect(await query(server.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
    process.kill(orphan, 'SIGINT')
    await waitUntilStopped(folder.dataDir)
  },
)

test.runIf(onLinux)('on Ctrl-C the server answers until its process stops it', async () => {
  using folder = makeTempFolder()
  await using child = startChild({ dataDir: folder.dataDir })
  await serverOf(child)
  child.killGroup('SIGINT')
  expect(await child.exit()).toBe(0)
  expect(existsSync(join(folder.dataDir, 'postmaster.pid'))).toBe(false)
})

test('stop resolves where the server has got the Ctrl-C as well', async () => {
  using folder = makeTempFolder()
  const server = await startEmbeddedPostgres({ dataDir: folder.dataDir, durable: false })
  process.kill(await postmasterOf(folder.dataDir), 'SIGINT')
  await server.stop()
  expect(existsSync(join(folder.dataDir, 'postmaster.pid'))).toBe(false)
})

test.runIf(onLinux)(
  'a stale postmaster.pid does not prevent a start, whoever bears its number now',
  async () => {
    using folder = makeTempFolder()
    const { dataDir } = folder
    const file = join(dataDir, 'postmaster.pid')
    const stale = (pid: number): string =>
      `${pid}\n${dataDir}\n1700000000\n15432\n\n127.0.0.1\n  1 2\nready   \n`
    await (await startEmbeddedPostgres({ dataDir, durable: false })).stop()
    using bearer = startSleeper()
    for (const content of ['', stale(4_194_303), stale(bearer.pid)]) {
      writeFileSync(file, content)
      utimesSync(file, 1_700_000_000, 1_700_000_000)
      await using server = await startEmbeddedPostgres({ dataDir, durable: false })
      expect(server.reused).toBe(false)
    }
    // Left to itself, PostgreSQL takes whoever bears the number for a server.
    writeFileSync(file, stale(bearer.pid))
    expect(await launchAlone(dataDir)).toEqual({ log: expect.stringContaining('already exists') })
  },
)

test('an init that was killed half-way neither blocks the next start nor stays', async () => {
  using folder = makeTempFolder()
  const { dataDir } = folder
  await using child = startChild({ dataDir })
  const leftovers = (): string[] =>
    readdirSync(folder.path).filter((name) => name.startsWith(`${basename(dataDir)}.init-`))
  await waitUntil(() =>
    leftovers().some((name) => existsSync(join(folder.path, name, 'cluster', 'PG_VERSION'))),
  )
  child.kill('SIGKILL')
  await child.exit()
  expect(leftovers()).toHaveLength(1)
  expect(existsSync(dataDir)).toBe(false)
  await using server = await startEmbeddedPostgres({ dataDir, durable: false })
  expect(await query(server.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  expect(leftovers()).toEqual([])
})

async function launchAlone(dataDir: string): Promise<Launch> {
  const binaries = await findBinaries()
  const launcher = await chooseLauncher(binaries, await openDataDir(dataDir))
  const port = await findFreePort(15432)
  return launchPostmaster({ binaries, launcher, dataDir, port, durable: false, settings: {}, log: () => {} })
}

/** A process that has nothing to do with PostgreSQL. */
function startSleeper(): Disposable & { readonly pid: number } {
  const { pid } = spawn('sleep', ['60'], { stdio: 'ignore' })
  if (pid === undefined) throw new Error('sleep cannot be started')
  return { pid, [Symbol.dispose]: () => void process.kill(pid) }
}
