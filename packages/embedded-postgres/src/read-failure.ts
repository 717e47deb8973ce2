import type { EmbeddedPostgresErrorCode } from './errors.ts'

/** What PostgreSQL's log says went wrong; `LOCKED` and `BUSY` pass by themselves. */
export type Failure = EmbeddedPostgresErrorCode | 'LOCKED' | 'BUSY'

const signs: readonly (readonly [RegExp, Failure])[] = [
  [/lock file "[^"]*" (already exists|is empty)/, 'LOCKED'],
  // The backends of a killed server hold its shared memory for a moment.
  [/pre-existing shared memory block/, 'BUSY'],
  [/could not create any TCP\/IP sockets|could not bind IPv4 address/, 'PORT_TAKEN'],
  [/No space left on device|Read-only file system|Disk quota exceeded/, 'DATA_DIR_UNUSABLE'],
  [/data directory "[^"]*" has (wrong ownership|invalid permissions)/, 'DATA_DIR_UNUSABLE'],
  [/could not (open|create|read|write|change|remove|fsync) [^\n]*Permission denied/, 'DATA_DIR_UNUSABLE'],
  [/database files are incompatible|could not access directory/, 'DATA_DIR_UNUSABLE'],
]

/** Reads from PostgreSQL's own log why it ended. */
export function readFailure(log: string): Failure | undefined {
  return signs.find(([sign]) => sign.test(log))?.[1]
}

/** The line of the log that says most: the last fatal one, with its detail. */
export function headline(log: string): string {
  const lines = log.split('\n').filter((line) => line.trim() !== '')
  const at = lines.findLastIndex((line) => /(PANIC|FATAL|ERROR|error): /.test(line))
  const line = lines[at] ?? lines.at(-1) ?? 'it said nothing'
  const detail = /DETAIL: +(.*)/.exec(lines[at + 1] ?? '')?.[1]
  const said = line.replace(/^.*?(PANIC|FATAL|ERROR|error): +/, '')
  return detail === undefined ? said : `${said} (${detail})`
}
