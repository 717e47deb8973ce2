/** Why a start failed; `DATA_DIR_UNUSABLE` and `PORT_TAKEN` are the caller's to mend. */
export type EmbeddedPostgresErrorCode =
  | 'UNSUPPORTED_PLATFORM'
  | 'PORT_TAKEN'
  | 'INIT_FAILED'
  | 'START_FAILED'
  | 'DATA_DIR_UNUSABLE'

/** A start that failed: one line that says why, and PostgreSQL's own last words in `log`. */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError'
  readonly code: EmbeddedPostgresErrorCode
  readonly log: string

  constructor(
    code: EmbeddedPostgresErrorCode,
    message: string,
    options: { log?: string; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause })
    this.code = code
    this.log = options.log ?? ''
  }
}

/** What an unknown error says. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** The `ENOENT`-like code of a system error, if it is one. */
export function errnoOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}
