import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { passwordFile } from './data-dir.ts'
import { startEmbeddedPostgres } from './start.ts'
import { query } from './testing/query.ts'
import { startChild } from './testing/start-child.ts'
import { makeTempFolder } from './testing/temp-folder.ts'

const canMount =
  process.platform === 'linux' &&
  spawnSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'none', '/mnt']).status === 0

test('a folder that holds other files is left alone', async () => {
  using folder = makeTempFolder()
  writeFileSync(join(folder.path, 'letter.txt'), 'mine')
  await expect(startEmbeddedPostgres({ dataDir: folder.path })).rejects.toMatchObject({
    name: 'EmbeddedPostgresError',
    code: 'DATA_DIR_UNUSABLE',
    message: `PostgreSQL cannot keep its data in ${folder.path}: it holds other files and no PostgreSQL cluster`,
  })
})

test('a path through a file is unusable', async () => {
  using folder = makeTempFolder()
  writeFileSync(join(folder.path, 'file'), '')
  const start = startEmbeddedPostgres({ dataDir: join(folder.path, 'file', 'data') })
  await expect(start).rejects.toMatchObject({
    code: 'DATA_DIR_UNUSABLE',
    message: expect.stringContaining(`mkdir '${join(folder.path, 'file')}'`),
  })
})

test.runIf(canMount).for([
  ['full', 'size=4m', 'No space left on device'],
  ['read-only', 'ro', 'EROFS'],
])('a %s disk is unusable', async ([, option, reason]) => {
  using folder = makeTempFolder()
  const disk = join(folder.path, 'disk')
  mkdirSync(disk)
  const script = `mount -t tmpfs -o ${option} none "$0" && chmod 755 "$0" 2>/dev/null; exec "$@"`
  const prefix = ['unshare', '--mount', 'sh', '-c', script, disk]
  await using child = startChild({ dataDir: join(disk, 'data') }, { prefix })
  expect(await child.answer()).toMatchObject({
    code: 'DATA_DIR_UNUSABLE',
    message: expect.stringContaining(`${reason}`),
  })
})

test('an empty folder, and a link to one, become a cluster', async () => {
  using folder = makeTempFolder()
  const real = join(folder.path, 'real')
  mkdirSync(real)
  symlinkSync(real, folder.dataDir)
  await using server = await startEmbeddedPostgres({ dataDir: folder.dataDir, durable: false })
  expect(await query(server.url, 'SHOW data_directory')).toEqual([{ data_directory: real }])
})

test('a cluster of another version and one without its password are unusable', async () => {
  using folder = makeTempFolder()
  const options = { dataDir: folder.dataDir, durable: false }
  await (await startEmbeddedPostgres(options)).stop()
  writeFileSync(join(folder.dataDir, 'PG_VERSION'), '17\n')
  await expect(startEmbeddedPostgres(options)).rejects.toMatchObject({
    code: 'DATA_DIR_UNUSABLE',
    message: expect.stringContaining('initialized by PostgreSQL version 17'),
  })
  writeFileSync(join(folder.dataDir, 'PG_VERSION'), '18\n')
  rmSync(join(folder.dataDir, passwordFile))
  await expect(startEmbeddedPostgres(options)).rejects.toMatchObject({
    code: 'DATA_DIR_UNUSABLE',
    message: expect.stringContaining(passwordFile),
  })
})
