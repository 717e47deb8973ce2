import type { Log } from '../log.ts'

/** One line that was logged. */
export interface Logged {
  readonly level: 'info' | 'warn' | 'error'
  readonly details: object
  readonly message: string
}

/** A log that keeps its lines to be looked at. */
export function createQuietLog(): Log & { readonly lines: readonly Logged[] } {
  const lines: Logged[] = []
  const keep = (level: Logged['level']) => (details: object, message: string) => {
    lines.push({ level, details, message })
  }
  return { lines, info: keep('info'), warn: keep('warn'), error: keep('error') }
}
