import pg from 'pg'
import type { Log } from '../log.ts'
import { connectionOptions } from './connection-options.ts'
import type { Pipelined } from './pipelined.ts'

/** Throws one Error that names the server and what is wrong, never the password. */
export async function requireConnection(url: string, log: Log): Promise<void> {
  const client = createClient(url)
  client.on('error', (error) => log.warn({ error }, 'a connection to the database was lost'))
  try {
    await client.connect()
    await client.query('select 1')
  } catch (cause) {
    const { host, port, database } = client
    throw new Error(`cannot use the database ${database} on ${host}:${port}: ${reasonOf(cause)}`, { cause })
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** Names the history of a database; undefined before its tables are there. */
export async function readEpoch(connection: Pipelined): Promise<string | undefined> {
  const [{ exists } = { exists: false }] = await connection.query<{ exists: boolean }>(installationExists, [])
  if (!exists) return undefined
  const [row] = await connection.query<{ epoch: string }>(installation, [])
  return row?.epoch
}

/** Why a database cannot serve now; null when it answers, is up to date and takes writes. */
export async function reasonNotReady(connection: Pipelined): Promise<string | null> {
  try {
    const [row] = await connection.query<{ installed: boolean; writable: boolean }>(standing, [])
    if (row?.installed !== true) return 'the database has no tables yet'
    return row.writable ? null : 'the database is read-only'
  } catch (failure) {
    return `the database does not answer: ${reasonOf(failure)}`
  }
}

const installationExists = {
  name: 'installation_exists',
  text: `select to_regclass('public.installation') is not null as exists`,
}

const installation = { name: 'installation', text: 'select epoch from installation' }

const standing = {
  name: 'standing',
  text: `select to_regclass('public.installation') is not null as installed,
           current_setting('transaction_read_only') = 'off' as writable`,
}

function createClient(url: string): pg.Client {
  try {
    return new pg.Client(connectionOptions(url))
  } catch (cause) {
    throw new Error('the database URL is not a valid postgres:// URL', { cause })
  }
}

function reasonOf(failure: unknown): string {
  if (failure instanceof AggregateError) return failure.errors.map(reasonOf).join('; ')
  return failure instanceof Error ? failure.message : String(failure)
}
