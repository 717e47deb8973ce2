import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { ChildAnswer, ChildOrder } from './child-main.ts'

export interface Child extends AsyncDisposable {
  readonly pid: number
  /** The first line it says: the server it has, or the error it got. */
  answer(): Promise<ChildAnswer>
  kill(signal: NodeJS.Signals): void
  /** Signals it and all of its group, as Ctrl-C in a terminal does. */
  killGroup(signal: NodeJS.Signals): void
  exit(): Promise<number | null>
}

export interface ChildOptions {
  /** What stands before `node`, to be another user. */
  readonly prefix?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
}

/** Starts a process of its own that starts the server. */
export function startChild(order: ChildOrder, { prefix = [], env = {} }: ChildOptions = {}): Child {
  const main = join(import.meta.dirname, 'child-main.ts')
  const [program, ...args] = [...prefix, process.execPath, main, JSON.stringify(order)]
  const child = spawn(program, args, {
    detached: true,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const { pid } = child
  if (pid === undefined) throw new Error(`${program} cannot be started`)
  const said = once(createInterface({ input: child.stdout }), 'line')
  const exited = once(child, 'exit')
  const exit = async (): Promise<number | null> => {
    await exited
    return child.exitCode
  }
  return {
    pid,
    async answer() {
      const [line] = await said
      return JSON.parse(line)
    },
    kill: (signal) => void child.kill(signal),
    killGroup: (signal) => void process.kill(-pid, signal),
    exit,
    async [Symbol.asyncDispose]() {
      child.kill('SIGINT')
      await exit()
    },
  }
}

/** The server of a child that must have one. */
export async function serverOf(child: Child): Promise<{ url: string; port: number; reused: boolean }> {
  const answer = await child.answer()
  if ('url' in answer) return answer
  throw new Error(`${answer.code}: ${answer.message}\n${answer.log}`)
}
