import { Pool } from 'pg'

/** Connections that find and create tables in the schema `auth`. */
export function createAuthPool(url: string, onError: (error: Error) => void): Pool {
  const pool = new Pool({
    connectionString: url,
    max: 10,
    options: '-c search_path=auth',
    connectionTimeoutMillis: 5_000,
    query_timeout: 5_000,
  })
  pool.on('error', onError)
  pool.on('connect', (client) => client.on('error', onError))
  return pool
}
