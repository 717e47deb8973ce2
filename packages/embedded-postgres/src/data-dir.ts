import { access, constants, mkdir, readdir, readFile, realpath, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { EmbeddedPostgresError, errnoOf, messageOf } from './errors.ts'
import { runProgram } from './run-program.ts'

/** The numbers of a user of this machine. */
export interface User {
  readonly uid: number
  readonly gid: number
}

/** A folder PostgreSQL can live in, and whose place it is: its own owner, or that of the nearest folder above. */
export interface DataDir {
  readonly path: string
  readonly owner: User
}

/** The file in the data folder that holds the password; inside, so that both come and go together. */
export const passwordFile = 'drawbridge.password'

/** Checks that a folder is a cluster, empty or yet to be made, and writable. */
export async function openDataDir(given: string): Promise<DataDir> {
  const asked = resolve(given)
  const owner = await ownerOf(asked)
  try {
    await mkdir(dirname(asked), { recursive: true })
    const path = join(await realpath(dirname(asked)), basename(asked))
    const entries = await listFolder(path)
    await access(entries === undefined ? dirname(path) : path, constants.W_OK)
    if (entries === undefined) return { path, owner }
    if (entries.length === 0 || entries.includes('PG_VERSION')) return { path: await realpath(path), owner }
  } catch (cause) {
    throw dataDirUnusable(asked, messageOf(cause), { cause })
  }
  throw dataDirUnusable(asked, 'it holds other files and no PostgreSQL cluster')
}

/** Reads the password of a cluster that we made. */
export async function readPassword(dataDir: string): Promise<string> {
  try {
    return (await readFile(join(dataDir, passwordFile), 'utf8')).trim()
  } catch (cause) {
    throw dataDirUnusable(dataDir, `its ${passwordFile} cannot be read: ${messageOf(cause)}`, { cause })
  }
}

/** Gives a cluster to the user who is to run it, where it belongs to another, such as root. */
export async function giveDataDir(dataDir: string, { uid, gid }: User): Promise<void> {
  if ((await stat(dataDir)).uid === uid) return
  const { ok, output } = await runProgram(['chown', '-R', `${uid}:${gid}`, dataDir])
  if (!ok)
    throw dataDirUnusable(dataDir, 'it cannot be given to the user who is to run PostgreSQL', { log: output })
}

/** The error for a folder PostgreSQL cannot live in. */
export function dataDirUnusable(
  dataDir: string,
  reason: string,
  options: { log?: string; cause?: unknown } = {},
): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'DATA_DIR_UNUSABLE',
    `PostgreSQL cannot keep its data in ${dataDir}: ${reason}`,
    options,
  )
}

async function listFolder(path: string): Promise<string[] | undefined> {
  try {
    return await readdir(path)
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined
    throw error
  }
}

async function ownerOf(path: string): Promise<User> {
  try {
    return await stat(path)
  } catch {
    return ownerOf(dirname(path))
  }
}
