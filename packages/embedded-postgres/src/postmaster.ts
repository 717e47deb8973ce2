import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import type { Binaries } from './binaries.ts'
import type { Launcher } from './launcher.ts'
import { readPostmasterPid } from './postmaster-pid.ts'
import { programEnv, runProgram } from './run-program.ts'

/** A server that this process started. */
export interface Postmaster {
  readonly port: number
  stop(): Promise<void>
}

export interface LaunchOptions {
  readonly binaries: Binaries
  readonly launcher: Launcher
  readonly dataDir: string
  readonly port: number
  readonly durable: boolean
  readonly settings: Readonly<Record<string, string>>
  readonly log: (line: string) => void
}

export type Launch = { readonly postmaster: Postmaster } | { readonly log: string }

const keptLines = 50
const readyWithinMs = 120_000
const stopWithinMs = 30_000
const pollMs = 10

/** Starts a server and waits until it takes connections; where it ends instead, answers with its log. */
export async function launchPostmaster(options: LaunchOptions): Promise<Launch> {
  const { binaries, dataDir, port } = options
  const lines: string[] = []
  const child = spawnServer(options, (line) => {
    lines.push(line)
    if (lines.length > keptLines) lines.shift()
    options.log(line)
  })
  let stopping = false
  const stop = (): Promise<void> => {
    stopping = true
    return stopPostmaster(child, binaries)
  }
  const ended = new Promise<true>((resolve) => {
    child.once('error', (error) => {
      lines.push(`FATAL: ${error.message}`)
      resolve(true)
    })
    child.once('close', (code, signal) => {
      if (!stopping) options.log(`PostgreSQL ended by itself (${signal ?? code})`)
      resolve(true)
    })
  })
  const deadline = Date.now() + readyWithinMs
  do {
    const running = await readPostmasterPid(dataDir)
    if (running?.pid === child.pid && running?.ready === true) return { postmaster: { port, stop } }
    if (Date.now() > deadline) {
      lines.push(`FATAL: not ready within ${readyWithinMs / 1000} s`)
      await stop()
    }
  } while (!(await Promise.race([ended, delay(pollMs, false)])))
  return { log: lines.join('\n') }
}

function spawnServer(options: LaunchOptions, log: (line: string) => void): ChildProcess {
  const { binaries, launcher } = options
  const [program = '', ...args] = [...launcher.prefix, binaries.postgres, ...serverArgs(options)]
  const child = spawn(program, args, {
    cwd: '/',
    env: programEnv(),
    stdio: ['ignore', 'ignore', 'pipe'],
    // In a group of its own a Ctrl-C does not end it before we have finished with it.
    detached: launcher.endsWithParent,
  })
  createInterface({ input: child.stderr }).on('line', log)
  return child
}

function serverArgs({ dataDir, port, durable, settings }: LaunchOptions): string[] {
  const all: Record<string, string> = {
    ...(durable ? {} : { fsync: 'off', full_page_writes: 'off' }),
    ...settings,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    port: `${port}`,
  }
  return ['-D', dataDir, ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])]
}

/** SIGINT disconnects the clients and shuts down cleanly; SIGQUIT leaves the rest to recovery. */
async function stopPostmaster(child: ChildProcess, binaries: Binaries): Promise<void> {
  const exited = (): boolean =>
    child.pid === undefined || child.exitCode !== null || child.signalCode !== null
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    if (exited()) return
    const exit = once(child, 'exit')
    // Windows knows no signals: Node would end the server like a crash.
    if (process.platform === 'win32')
      await runProgram([binaries.pg_ctl, 'kill', signal.slice(3), `${child.pid}`])
    else child.kill(signal)
    await Promise.race([exit, delay(stopWithinMs, undefined, { ref: false })])
  }
}
