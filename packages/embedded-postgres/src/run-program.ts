import { spawn } from 'node:child_process'

export interface Finished {
  readonly ok: boolean
  readonly output: string
}

/** Variables that would change what PostgreSQL's programs do or the language of their log. */
export function programEnv(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(PG|LC_|LANG)/.test(name))
  return { ...Object.fromEntries(kept), LC_ALL: 'C' }
}

/** Runs a program to its end; one that cannot be started is a failed one, not an exception. */
export function runProgram(command: readonly string[]): Promise<Finished> {
  const [program = '', ...args] = command
  return new Promise((resolve) => {
    // From `/`: another user may not be allowed to enter the folder we stand in.
    const child = spawn(program, args, { cwd: '/', env: programEnv(), stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    const collect = (chunk: Buffer): void => {
      output += chunk.toString()
    }
    child.stdout.on('data', collect)
    child.stderr.on('data', collect)
    child.on('error', (error) => resolve({ ok: false, output: error.message }))
    child.on('close', (code) => resolve({ ok: code === 0, output: output.trim() }))
  })
}
