import pg from 'pg'
import { codeOf, isPassing } from '../failures.ts'
import type { Log } from '../log.ts'
import { connectionOptions } from './connection-options.ts'

/** A statement with a name, so that each connection prepares it once. */
export interface Statement {
  readonly name: string
  readonly text: string
}

/** Runs prepared single statements, many at once over few connections. */
export interface Pipelined extends AsyncDisposable {
  query<Row extends pg.QueryResultRow>(statement: Statement, values: readonly unknown[]): Promise<Row[]>
}

export interface PipelinedOptions {
  readonly log: Log
  readonly connections: number
  /** Settings of PostgreSQL for these connections. */
  readonly settings?: Readonly<Record<string, string>>
}

/** What PostgreSQL says of a prepared statement that a migration has overtaken. */
const overtaken = new Set(['0A000', '26000'])

/** Opens connections as they are needed; a lost one is replaced, and what only reads is asked once more. */
export function createPipelined(
  url: string,
  { log, connections, settings = {} }: PipelinedOptions,
): Pipelined {
  const slots: (Promise<pg.Client> | undefined)[] = Array.from({ length: connections }, () => undefined)
  const options = Object.entries(settings)
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(' ')
  let next = 0
  let isClosed = false

  return {
    async query<Row extends pg.QueryResultRow>(statement: Statement, values: readonly unknown[]) {
      try {
        return await ask<Row>(statement, values)
      } catch (failure) {
        if (isClosed || !(isPassing(failure) || overtaken.has(codeOf(failure)))) throw failure
        return ask<Row>(statement, values)
      }
    },
    async [Symbol.asyncDispose]() {
      isClosed = true
      await Promise.allSettled(slots.map(async (slot) => (await slot)?.end()))
    },
  }

  async function ask<Row extends pg.QueryResultRow>(
    statement: Statement,
    values: readonly unknown[],
  ): Promise<Row[]> {
    if (isClosed) throw new Error('the database connection terminated: it was closed')
    next = (next + 1) % connections
    const slot = next
    const connecting = (slots[slot] ??= open(slot))
    try {
      const client = await connecting
      return await unlessLost(client, async () => {
        const { rows } = await client.query<Row>({ ...statement, values: [...values] })
        return rows
      })
    } catch (failure) {
      if (overtaken.has(codeOf(failure)) && slots[slot] === connecting) {
        slots[slot] = undefined
        void connecting.then((client) => client.end())
      }
      throw failure
    }
  }

  function open(slot: number): Promise<pg.Client> {
    const client = new pg.Client({ ...connectionOptions(url), options, pipeline: true, query_timeout: 5_000 })
    const forget = () => {
      if (slots[slot] === connecting) slots[slot] = undefined
    }
    client.on('error', (error) => {
      forget()
      log.warn({ error }, 'a connection to the database was lost')
    })
    client.on('end', forget)
    const connecting = client.connect().then(
      () => client,
      (failure: unknown) => {
        forget()
        throw failure
      },
    )
    return connecting
  }
}

const losses = new WeakMap<pg.Client, Set<(failure: Error) => void>>()

/** Does not wait for an answer on a connection that has ended: the driver forgets some of what was piped into it. */
async function unlessLost<T>(client: pg.Client, ask: () => Promise<T>): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>()
  const waiting = losses.get(client) ?? new Set()
  if (!losses.has(client)) {
    losses.set(client, waiting)
    client.once('end', () => {
      for (const lose of waiting) lose(new Error('the database connection terminated'))
    })
  }
  waiting.add(reject)
  ask().then(resolve, reject)
  try {
    return await promise
  } finally {
    waiting.delete(reject)
  }
}
