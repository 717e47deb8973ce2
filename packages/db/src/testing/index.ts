export { createTestDatabase, type TestDatabase, type TestDatabaseOptions } from './create-test-database.ts'
export { createQuietLog, type Logged } from './quiet-log.ts'
export { runSql } from './run-sql.ts'
