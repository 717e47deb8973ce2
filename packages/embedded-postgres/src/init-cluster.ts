import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chown, mkdtemp, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Binaries } from './binaries.ts'
import { dataDirUnusable, passwordFile } from './data-dir.ts'
import { EmbeddedPostgresError, errnoOf, messageOf } from './errors.ts'
import type { Launcher } from './launcher.ts'
import { isAlive } from './postmaster-pid.ts'
import { headline, readFailure } from './read-failure.ts'
import { runProgram } from './run-program.ts'

/** The role that owns everything in the cluster. */
export const superuser = 'postgres'

export interface InitOptions {
  readonly binaries: Binaries
  readonly launcher: Launcher
  readonly dataDir: string
  readonly durable: boolean
}

const leftoverAfterMs = 600_000

/** Makes the cluster beside its folder and renames it into place, so that a data folder is whole or not there. */
export async function initCluster(options: InitOptions): Promise<void> {
  const { dataDir } = options
  if (isCluster(dataDir)) return
  try {
    await removeLeftovers(dataDir)
    const room = await mkdtemp(`${dataDir}.init-${process.pid}-`)
    try {
      await moveIntoPlace(await makeCluster(room, options), options)
    } finally {
      // What stays is removed by a later start; why it stays must not hide why this one failed.
      await rm(room, { recursive: true, force: true }).catch(() => {})
    }
  } catch (error) {
    if (error instanceof EmbeddedPostgresError) throw error
    throw dataDirUnusable(dataDir, messageOf(error), { cause: error })
  }
}

function isCluster(dataDir: string): boolean {
  return existsSync(join(dataDir, 'PG_VERSION'))
}

async function makeCluster(
  room: string,
  { binaries, launcher, dataDir, durable }: InitOptions,
): Promise<string> {
  const cluster = join(room, 'cluster')
  const fresh = join(room, 'password')
  await writeFile(fresh, randomBytes(24).toString('base64url'), { mode: 0o600, flush: durable })
  const { owner } = launcher
  if (owner !== undefined) await Promise.all([room, fresh].map((path) => chown(path, owner.uid, owner.gid)))
  const { ok, output } = await runProgram([
    ...launcher.prefix,
    binaries.initdb,
    `--pgdata=${cluster}`,
    `--username=${superuser}`,
    `--pwfile=${fresh}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    // PostgreSQL's own locale sorts and folds the same on every machine.
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-instructions',
    ...(durable ? [] : ['--no-sync']),
  ])
  if (!ok) throw initFailed(dataDir, output)
  await rename(fresh, join(cluster, passwordFile))
  return cluster
}

async function moveIntoPlace(cluster: string, { dataDir, durable }: InitOptions): Promise<void> {
  if (durable) await syncFolder(cluster)
  try {
    await rename(cluster, dataDir)
  } catch (error) {
    if (isCluster(dataDir)) return
    if (errnoOf(error) === 'EBUSY')
      throw dataDirUnusable(dataDir, 'it is a mount point: name a folder inside it')
    throw error
  }
  if (durable) await syncFolder(dirname(dataDir))
}

function initFailed(dataDir: string, log: string): EmbeddedPostgresError {
  const said = headline(log)
  if (readFailure(log) === 'DATA_DIR_UNUSABLE') return dataDirUnusable(dataDir, said, { log })
  return new EmbeddedPostgresError('INIT_FAILED', `PostgreSQL could not be set up in ${dataDir}: ${said}`, {
    log,
  })
}

/** Removes what killed starts left beside the folder; a start that is still at work keeps its own. */
async function removeLeftovers(dataDir: string): Promise<void> {
  const start = `${basename(dataDir)}.init-`
  for (const name of await readdir(dirname(dataDir))) {
    if (!name.startsWith(start)) continue
    const path = join(dirname(dataDir), name)
    const pid = Number.parseInt(name.slice(start.length), 10)
    // In a container the next start often bears the same number.
    const old = await stat(path).then(
      ({ mtimeMs }) => Date.now() - mtimeMs > leftoverAfterMs,
      () => false,
    )
    // The programs of a killed start write on for a moment, so that a folder may fill again while it is emptied.
    if (old || !isAlive(pid)) await rm(path, { recursive: true, force: true, maxRetries: 20, retryDelay: 25 })
  }
}

async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const folder = await open(path)
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
