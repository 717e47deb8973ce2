import { betterAuth, type BetterAuthOptions } from 'better-auth'
import { getMigrations } from 'better-auth/db/migration'
import { bearer } from 'better-auth/plugins'
import type { Pool } from 'pg'
import { uuidv7 } from 'uuidv7'

/** A signed-in user and the session that says so. */
export interface SignedIn {
  readonly user: { readonly id: string; readonly name: string; readonly email: string }
  readonly session: { readonly id: string; readonly expiresAt: string }
}

/** Accounts and sessions, behind an interface of our own. */
export interface Accounts {
  /** Serves `/auth/*`. */
  handle(request: Request): Promise<Response>
  /** Who these headers sign in, by a bearer token or, if `cookies`, by the session cookie. */
  signedIn(headers: Headers, options: { readonly cookies: boolean }): Promise<SignedIn | null>
  /** Of these sessions, those that have ended; one query. */
  endedSessions(ids: readonly string[]): Promise<ReadonlySet<string>>
  /** Creates a user, or answers the one that has this address. */
  ensureUser(person: {
    readonly name: string
    readonly email: string
    readonly password: string
  }): Promise<{ id: string }>
}

export interface AccountsOptions {
  /** Connections whose `search_path` is the schema `auth`. */
  readonly pool: Pool
  readonly secret: string
  readonly publicUrl: string
  readonly allowedOrigins: readonly string[]
}

/** Any number that nothing else in this database locks by. */
const migrationLock = 731_604

/** Accounts kept by Better Auth in the PostgreSQL schema `auth`, which is created or upgraded first. */
export async function openAccounts({
  pool,
  secret,
  publicUrl,
  allowedOrigins,
}: AccountsOptions): Promise<Accounts> {
  const options = {
    database: pool,
    secret,
    baseURL: publicUrl,
    basePath: '/auth',
    trustedOrigins: [...allowedOrigins],
    emailAndPassword: { enabled: true, minPasswordLength: 10 },
    plugins: [bearer({ requireSignature: true })],
    session: { cookieCache: { enabled: false } },
    advanced: { database: { generateId: () => uuidv7() } },
    telemetry: { enabled: false },
    logger: { level: 'error' },
  } satisfies BetterAuthOptions
  await migrate(pool, options)
  const auth = betterAuth(options)

  return {
    handle: (request) => auth.handler(request),

    async signedIn(headers, { cookies }) {
      const trusted = new Headers()
      const authorization = headers.get('authorization')
      const cookie = headers.get('cookie')
      // A request that carries a token ignores cookies, so that a wrong token never falls back to one.
      if (authorization !== null) trusted.set('authorization', authorization)
      else if (cookies && cookie !== null) trusted.set('cookie', cookie)
      else return null
      const found = await auth.api.getSession({ headers: trusted })
      if (found === null) return null
      const { user, session } = found
      return {
        user: { id: user.id, name: user.name, email: user.email },
        session: { id: session.id, expiresAt: session.expiresAt.toISOString() },
      }
    },

    async endedSessions(ids) {
      const { rows } = await pool.query<{ id: string }>(
        'SELECT id FROM auth.session WHERE id = ANY($1) AND "expiresAt" > clock_timestamp()',
        [ids],
      )
      return new Set(ids).difference(new Set(rows.map(({ id }) => id)))
    },

    async ensureUser({ name, email, password }) {
      const context = await auth.$context
      const existing = await context.internalAdapter.findUserByEmail(email)
      if (existing !== null) return { id: existing.user.id }
      const { user } = await auth.api.signUpEmail({ body: { name, email, password } })
      return { id: user.id }
    },
  }
}

/** Nodes that start at once take turns. */
async function migrate(pool: Pool, options: BetterAuthOptions): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query('SELECT pg_advisory_lock($1)', [migrationLock])
    await client.query('CREATE SCHEMA IF NOT EXISTS auth')
    const { runMigrations } = await getMigrations(options)
    await runMigrations()
  } finally {
    await client.query('SELECT pg_advisory_unlock($1)', [migrationLock])
    client.release()
  }
}
