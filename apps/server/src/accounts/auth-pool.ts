import { Pool } from 'pg'

/** Connections that find and create tables in the schema `auth`. */
export function createAuthPool(url: string, onError: (error: Error) => void): Pool {
  const pool = new Pool({ connectionString: url, max: 10, options: '-c search_path=auth' })
  pool.on('error', onError)
  pool.on('connect', (client) => client.on('error', onError))
  return pool
}
