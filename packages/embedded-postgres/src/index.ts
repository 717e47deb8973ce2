export { EmbeddedPostgresError } from './errors.ts'
export type { EmbeddedPostgresErrorCode } from './errors.ts'
export type { EmbeddedPostgres, EmbeddedPostgresOptions } from './embedded-postgres.ts'
export { startEmbeddedPostgres } from './start.ts'
