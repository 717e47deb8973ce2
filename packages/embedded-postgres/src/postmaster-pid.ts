import { readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { errnoOf } from './errors.ts'
import { runProgram } from './run-program.ts'

/** A server that holds a data folder, as its postmaster.pid tells it. */
export interface RunningPostmaster {
  readonly pid: number
  readonly port: number
  readonly ready: boolean
}

/** How old an empty postmaster.pid must be to be a crash's remnant and not one being written. */
const remnantAfterMs = 2000

/** Finds the live server of a data folder, and clears away a postmaster.pid that would only stand in the way. */
export async function findPostmaster(dataDir: string): Promise<RunningPostmaster | undefined> {
  const file = join(dataDir, 'postmaster.pid')
  const text = await readPidFile(file)
  if (text === undefined) return undefined
  const running = parsePostmasterPid(text)
  if (running === undefined) {
    if (await isOlderThan(file, remnantAfterMs)) await rm(file, { force: true })
    return undefined
  }
  if (!isAlive(running.pid)) return undefined
  if (await servesDataDir(running.pid, dataDir)) return running
  // PostgreSQL itself would take the number's new bearer for a server and refuse to start.
  if ((await readPidFile(file)) === text) await rm(file, { force: true })
  return undefined
}

/** Reads a postmaster.pid as it stands, true or not. */
export async function readPostmasterPid(dataDir: string): Promise<RunningPostmaster | undefined> {
  const text = await readPidFile(join(dataDir, 'postmaster.pid'))
  return text === undefined ? undefined : parsePostmasterPid(text)
}

/** Reads a postmaster.pid: process in line 1, port in line 4, state in line 8. */
export function parsePostmasterPid(text: string): RunningPostmaster | undefined {
  const lines = text.split('\n').map((line) => line.trim())
  const pid = Number(lines[0])
  if (!Number.isInteger(pid) || pid <= 0) return undefined
  return { pid, port: Number(lines[3]), ready: lines[7] === 'ready' }
}

/** Whether a process exists, be it ours or another user's. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return errnoOf(error) === 'EPERM'
  }
}

/** In doubt a process counts as the server: to wait in vain is better than two servers on one folder. */
async function servesDataDir(pid: number, dataDir: string): Promise<boolean> {
  if (process.platform === 'win32') return true
  if (process.platform !== 'linux')
    return (await runProgram(['ps', '-o', 'comm=', '-p', `${pid}`])).output.includes('postgres')
  try {
    // By identity, not by name: the same folder may be mounted twice.
    const [cwd, dir] = await Promise.all(
      [`/proc/${pid}/cwd`, dataDir].map((path) => stat(path, { bigint: true })),
    )
    return cwd?.ino === dir?.ino && cwd?.dev === dir?.dev
  } catch (error) {
    return errnoOf(error) !== 'ENOENT'
  }
}

async function readPidFile(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined
    throw error
  }
}

async function isOlderThan(file: string, ms: number): Promise<boolean> {
  const { mtimeMs } = await stat(file)
  return Date.now() - mtimeMs > ms
}
