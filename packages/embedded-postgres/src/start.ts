import { setTimeout as delay } from 'node:timers/promises'
import { DatabaseError } from 'pg'
import { findBinaries } from './binaries.ts'
import type { Binaries } from './binaries.ts'
import { dataDirUnusable, giveDataDir, openDataDir, readPassword } from './data-dir.ts'
import type { EmbeddedPostgres, EmbeddedPostgresOptions } from './embedded-postgres.ts'
import { ensureDatabase } from './ensure-database.ts'
import { EmbeddedPostgresError, messageOf } from './errors.ts'
import { findFreePort, portLimit } from './free-port.ts'
import { initCluster, superuser } from './init-cluster.ts'
import { chooseLauncher } from './launcher.ts'
import type { Launcher } from './launcher.ts'
import { launchPostmaster } from './postmaster.ts'
import type { Postmaster } from './postmaster.ts'
import { findPostmaster } from './postmaster-pid.ts'
import { headline, readFailure } from './read-failure.ts'
import type { Login } from './login.ts'

const firstPort = 15432
const patienceMs = 60_000
const pollMs = 25
const notNow = ['57P01', '57P02', '57P03']
const wrongPassword = '28P01'

/**
 * Starts PostgreSQL on a data folder, or reuses the server that runs on it; throws `EmbeddedPostgresError`.
 * On Linux the server ends with the thread that started it, so start it from the main thread.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  return startWith(await findBinaries(), options)
}

/** The same with programs from another place. */
export async function startWith(
  binaries: Binaries,
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  const { port: asked, durable = true, settings = {}, log = () => {} } = options
  requireLowPort(asked)
  const folder = await openDataDir(options.dataDir)
  const dataDir = folder.path
  const loginTo = async (port: number): Promise<Login> => ({
    port,
    user: superuser,
    password: await readPassword(dataDir),
    database: options.database ?? 'drawbridge',
  })
  let launcher: Launcher | undefined
  let lowest = firstPort
  let waitsFor = 'its files are in use'
  let said = ''
  const deadline = Date.now() + patienceMs
  while (Date.now() < deadline) {
    const running = await findPostmaster(dataDir)
    if (running !== undefined) {
      const login = await loginTo(running.port)
      if (running.ready && (await answers(login, dataDir))) return open(login)
      waitsFor = `process ${running.pid} holds it, but takes no connections on port ${running.port}`
      await delay(pollMs)
      continue
    }
    launcher ??= await chooseLauncher(binaries, folder)
    await initCluster({ binaries, launcher, dataDir, durable })
    if (launcher.owner !== undefined) await giveDataDir(dataDir, launcher.owner)
    const port = asked ?? (await findFreePort(lowest))
    const login = await loginTo(port)
    const launch = await launchPostmaster({ binaries, launcher, dataDir, port, durable, settings, log })
    if ('postmaster' in launch) return openOwn(launch.postmaster, login)
    said = launch.log
    const failure = readFailure(launch.log)
    if (failure === 'PORT_TAKEN' && asked === undefined) lowest = port + 1
    else if (failure === 'LOCKED' || failure === 'BUSY') await delay(pollMs)
    else throw startFailed(dataDir, port, launch.log)
  }
  throw new EmbeddedPostgresError('START_FAILED', `PostgreSQL did not start on ${dataDir}: ${waitsFor}`, {
    log: said,
  })
}

function requireLowPort(port: number | undefined): void {
  if (port === undefined || (Number.isInteger(port) && port >= 1024 && port < portLimit)) return
  throw new RangeError(`the port of PostgreSQL must lie between 1024 and ${portLimit - 1}, not be ${port}`)
}

/** Whether the server of this folder takes connections now; that it knows our password proves whose it is. */
async function answers(login: Login, dataDir: string): Promise<boolean> {
  try {
    await ensureDatabase(login)
    return true
  } catch (error) {
    if (!(error instanceof DatabaseError) || notNow.includes(error.code ?? '')) return false
    if (error.code !== wrongPassword) throw databaseFailed(login, error)
    throw dataDirUnusable(dataDir, `its server on port ${login.port} refuses its password`, { cause: error })
  }
}

async function openOwn(postmaster: Postmaster, login: Login): Promise<EmbeddedPostgres> {
  try {
    await ensureDatabase(login)
  } catch (error) {
    await postmaster.stop()
    throw databaseFailed(login, error)
  }
  return open(login, postmaster)
}

function open({ port, user, password, database }: Login, postmaster?: Postmaster): EmbeddedPostgres {
  const stop = async (): Promise<void> => postmaster?.stop()
  return {
    url: `postgres://${user}:${password}@127.0.0.1:${port}/${encodeURIComponent(database)}`,
    port,
    reused: postmaster === undefined,
    stop,
    [Symbol.asyncDispose]: stop,
  }
}

function startFailed(dataDir: string, port: number, log: string): EmbeddedPostgresError {
  const failure = readFailure(log)
  if (failure === 'DATA_DIR_UNUSABLE') return dataDirUnusable(dataDir, headline(log), { log })
  if (failure === 'PORT_TAKEN') {
    return new EmbeddedPostgresError('PORT_TAKEN', `PostgreSQL cannot have port ${port}: it is taken`, {
      log,
    })
  }
  const message = `PostgreSQL did not start on ${dataDir}: ${headline(log)}`
  return new EmbeddedPostgresError('START_FAILED', message, { log })
}

function databaseFailed({ port, database }: Login, cause: unknown): EmbeddedPostgresError {
  const message = `PostgreSQL runs on port ${port}, but its database ${database} cannot be opened: ${messageOf(cause)}`
  return new EmbeddedPostgresError('START_FAILED', message, { cause })
}
