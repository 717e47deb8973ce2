import { nameSchema } from '@drawbridge/protocol'
import { betterAuth, type BetterAuthOptions } from 'better-auth'
import { APIError } from 'better-auth/api'
import { getMigrations } from 'better-auth/db/migration'
import { bearer } from 'better-auth/plugins'
import type { Pool } from 'pg'
import { uuidv7 } from 'uuidv7'
import { findSession } from './find-session.ts'
import { readSessionToken } from './session-token.ts'

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
  /** Whether an address has an account; for the sample data alone, no request may learn it. */
  hasUser(email: string): Promise<boolean>
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

/** How long a session may be used before its end is moved on: a day. */
const renewAfterMs = 86_400_000

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
    session: { cookieCache: { enabled: false }, updateAge: renewAfterMs / 1000 },
    advanced: { database: { generateId: () => uuidv7() } },
    databaseHooks: {
      user: { create: { before: requirePlainName }, update: { before: requirePlainName } },
    },
    telemetry: { enabled: false },
    logger: { level: 'error' },
  } satisfies BetterAuthOptions
  await migrate(pool, options)
  const auth = betterAuth(options)
  const cookieName = (await auth.$context).authCookies.sessionToken.name

  return {
    handle: (request) => auth.handler(request),

    async signedIn(headers, { cookies }) {
      const token = readSessionToken(headers, { secret, cookieName, cookies })
      const found = token === null ? null : await findSession(pool, token)
      if (found === null) return null
      const { id, expiresAt, updatedAt, userId, name, email } = found
      // Asking Better Auth itself is what moves a session's end on while it is used.
      if (Date.now() - updatedAt.getTime() > renewAfterMs) await auth.api.getSession({ headers })
      return { user: { id: userId, name, email }, session: { id, expiresAt: expiresAt.toISOString() } }
    },

    async endedSessions(ids) {
      const { rows } = await pool.query<{ id: string }>(
        'SELECT id FROM auth.session WHERE id = ANY($1) AND "expiresAt" > clock_timestamp()',
        [ids],
      )
      return new Set(ids).difference(new Set(rows.map(({ id }) => id)))
    },

    async hasUser(email) {
      const { internalAdapter } = await auth.$context
      return (await internalAdapter.findUserByEmail(email)) !== null
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

/** A person's name becomes a member's, which partners read: it is held to the same rules as every name. */
async function requirePlainName({ name }: { name?: unknown }): Promise<void> {
  if (name === undefined || nameSchema.safeParse(name).success) return
  throw new APIError('BAD_REQUEST', {
    code: 'INVALID_INPUT',
    message: 'name: must be one line of plain text',
  })
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
