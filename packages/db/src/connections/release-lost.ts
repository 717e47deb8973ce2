import type pg from 'pg'
import { isPassing } from '../failures.ts'

/**
 * Lets the object mapper give back connections that were lost within a transaction. It rolls such a transaction
 * back before it releases the connection; that fails, and the pool would be short of one connection for good.
 * A transaction whose connection is gone has been rolled back.
 */
export function releaseLost(pool: pg.Pool): void {
  pool.on('connect', (client) => {
    const query: unknown = Reflect.get(client, 'query')
    if (typeof query !== 'function') return
    Reflect.set(client, 'query', (...asked: readonly unknown[]) => {
      const answer: unknown = Reflect.apply(query, client, asked)
      return asked[0] === 'rollback' && answer instanceof Promise ? answer.catch(forgive) : answer
    })
  })
}

function forgive(failure: unknown): object {
  if (!isPassing(failure)) throw failure
  return { command: 'ROLLBACK', rowCount: null, rows: [] }
}
