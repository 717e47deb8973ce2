import pg from 'pg'
import type { Log } from '../log.ts'
import { connectionOptions } from './connection-options.ts'
import type { Statement } from './pipelined.ts'

/** Runs several reads that all see the same state of the database. */
export interface SnapshotPool extends AsyncDisposable {
  /** `read` gets a `query` that belongs to one read-only snapshot; what it starts together travels together. */
  inSnapshot<T>(read: (query: QueryRows) => Promise<T>): Promise<T>
}

export type QueryRows = <Row extends pg.QueryResultRow>(
  statement: Statement,
  values: readonly unknown[],
) => Promise<Row[]>

/** Creates the pool; it connects when it is first used. */
export function createSnapshotPool(
  url: string,
  { log, connections }: { readonly log: Log; readonly connections: number },
): SnapshotPool {
  const pool = new pg.Pool({
    ...connectionOptions(url),
    pipeline: true,
    query_timeout: 30_000,
    max: connections,
  })
  const warn = (error: Error) => log.warn({ error }, 'a connection to the database was lost')
  pool.on('error', warn)
  pool.on('connect', (client) => client.on('error', warn))

  return {
    async inSnapshot(read) {
      const client = await pool.connect()
      let failure: Error | undefined
      try {
        const beginning = client.query('begin isolation level repeatable read read only')
        const query: QueryRows = async (statement, values) => {
          const { rows } = await client.query({ ...statement, values: [...values] })
          return rows
        }
        const [result] = await Promise.all([read(query), beginning])
        await client.query('commit')
        return result
      } catch (error) {
        failure = error instanceof Error ? error : new Error('a read failed', { cause: error })
        throw error
      } finally {
        // A failed one is not put back: its transaction may be open still.
        client.release(failure)
      }
    },
    async [Symbol.asyncDispose]() {
      await pool.end()
    },
  }
}
