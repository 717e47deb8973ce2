import { Client, DatabaseError } from 'pg'
import type { Login } from './login.ts'

const alreadyThere = ['42P04', '23505']
const patienceMs = 15_000

/**
 * Creates the login's database where it is missing; one that another process is creating counts as created.
 * Rejects with PostgreSQL's own `DatabaseError` where the server refuses.
 */
export async function ensureDatabase(login: Login): Promise<void> {
  const client = new Client({
    ...login,
    host: '127.0.0.1',
    database: 'postgres',
    connectionTimeoutMillis: patienceMs,
    query_timeout: patienceMs,
  })
  // A connection that breaks rejects the query under way; unheard, the event would end the process.
  client.on('error', () => {})
  await client.connect()
  try {
    const found = await client.query('SELECT FROM pg_database WHERE datname = $1', [login.database])
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(login.database)}`)
  } catch (error) {
    if (!(error instanceof DatabaseError && alreadyThere.includes(error.code ?? ''))) throw error
  } finally {
    await client.end()
  }
}
