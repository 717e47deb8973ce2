/** A PostgreSQL on 127.0.0.1 that takes connections until it is stopped. */
export interface EmbeddedPostgres extends AsyncDisposable {
  /** `postgres://…` with the password. */
  readonly url: string
  readonly port: number
  /** Whether another process runs this server; then `stop` leaves it alone, and it ends with that process. */
  readonly reused: boolean
  /** Disconnects all clients and shuts the server down cleanly; resolves at once where it has already ended. */
  stop(): Promise<void>
}

export interface EmbeddedPostgresOptions {
  /** A folder that is empty, missing or a cluster of ours; a server that already runs on it is reused. */
  readonly dataDir: string
  /** Created where it is missing; `drawbridge` if not given. */
  readonly database?: string
  /** Between 1024 and 32767; if not given, the first free one from 15432 up. */
  readonly port?: number
  /** `false` for tests: commits may be lost when the machine fails, not when a process does. */
  readonly durable?: boolean
  /** Receives each line of PostgreSQL's log. */
  readonly log?: (line: string) => void
  /** Further settings of the server, by the names of postgresql.conf. */
  readonly settings?: Readonly<Record<string, string>>
}
