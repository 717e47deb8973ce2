import { spawnSync } from 'node:child_process'
import { chmodSync, chownSync, mkdirSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { findBinaries } from './binaries.ts'
import type { Binaries } from './binaries.ts'
import { query } from './testing/query.ts'
import { shadowProgram } from './testing/shadow-program.ts'
import { serverOf, startChild } from './testing/start-child.ts'
import { makeTempFolder } from './testing/temp-folder.ts'

const nobody = 65534
const asNobody = ['setpriv', `--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups']
const isRoot = process.getuid?.() === 0
const nobodyReachesUs =
  isRoot &&
  spawnSync('setpriv', [...asNobody.slice(1), process.execPath, '--check', import.meta.filename]).status === 0

describe.runIf(isRoot)('as root', () => {
  test('under a home folder with mode 700 the server runs with user namespaces and without them', async () => {
    using folder = makeTempFolder(tmpdir())
    const { home, binaries } = await makeHome(folder.path)
    const dataDir = join(home, 'data')
    {
      await using child = startChild({ dataDir, binaries })
      const { url } = await serverOf(child)
      await query(url, 'CREATE TABLE kept AS SELECT 42 AS answer')
      expect(statSync(dataDir).uid).toBe(0)
    }
    const PATH = shadowProgram(folder.path, 'unshare', 'echo "Operation not permitted" >&2; exit 1')
    await using child = startChild({ dataDir, binaries }, { env: { PATH } })
    const { url } = await serverOf(child)
    expect(await query(url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }])
    expect(statSync(dataDir).uid).not.toBe(0)
  })

  test.runIf(nobodyReachesUs)(
    "in a user's closed home the server is that user's, and the user can start it too",
    async () => {
      using folder = makeTempFolder(tmpdir())
      const { home, binaries } = await makeHome(folder.path)
      chownSync(home, nobody, nobody)
      const order = { dataDir: join(home, 'data'), binaries }
      {
        await using child = startChild(order)
        await query((await serverOf(child)).url, 'CREATE TABLE kept AS SELECT 42 AS answer')
        expect(statSync(order.dataDir).uid).toBe(nobody)
        await using user = startChild(order, { prefix: asNobody })
        expect((await serverOf(user)).reused).toBe(true)
      }
      await using child = startChild(order, { prefix: asNobody })
      const { url, reused } = await serverOf(child)
      expect(reused).toBe(false)
      expect(await query(url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }])
    },
  )

  test('where no way is left the error says so', async () => {
    using folder = makeTempFolder()
    const PATH = ['unshare', 'setpriv'].map((name) => shadowProgram(folder.path, name, 'exit 1')).at(-1) ?? ''
    await using child = startChild({ dataDir: folder.dataDir }, { env: { PATH } })
    expect(await child.answer()).toMatchObject({
      code: 'UNSUPPORTED_PLATFORM',
      message: expect.stringContaining('refuses to run as root'),
    })
  })
})

test.runIf(nobodyReachesUs || !isRoot)(
  'a plain user starts a server in a closed home of its own',
  async () => {
    using folder = makeTempFolder(tmpdir())
    const { home, binaries } = await makeHome(folder.path)
    if (isRoot) chownSync(home, nobody, nobody)
    await using child = startChild(
      { dataDir: join(home, 'data'), binaries },
      { prefix: isRoot ? asNobody : [] },
    )
    const { url } = await serverOf(child)
    expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  },
)

async function makeHome(folder: string): Promise<{ home: string; binaries: Binaries }> {
  const home = join(folder, 'home')
  mkdirSync(join(home, 'native'), { recursive: true })
  const { postgres } = await findBinaries()
  // Linked where that works (60 MB), on a disk: /dev/shm is often noexec.
  const native = [`${dirname(dirname(postgres))}/.`, join(home, 'native')]
  if (spawnSync('cp', ['-al', ...native]).status !== 0) spawnSync('cp', ['-a', ...native])
  chmodSync(home, 0o700)
  const program = (name: string): string => join(home, 'native', 'bin', name)
  return {
    home,
    binaries: { postgres: program('postgres'), initdb: program('initdb'), pg_ctl: program('pg_ctl') },
  }
}
