import { DrawbridgeError } from '@drawbridge/core'
import type { Pool } from 'pg'

/** A session that stands, with its user. */
export interface StandingSession {
  readonly id: string
  readonly expiresAt: Date
  readonly updatedAt: Date
  readonly userId: string
  readonly name: string
  readonly email: string
}

/** Prepared, since every request asks; the database's clock decides what stands. */
const statement = {
  name: 'standing_session',
  text: `select session.id, session."expiresAt", session."updatedAt",
           "user".id as "userId", "user".name, "user".email
         from auth.session join auth."user" on "user".id = session."userId"
         where session.token = $1 and session."expiresAt" > clock_timestamp()`,
}

/** The session that has this token, unless it ended; throws `UNAVAILABLE` when that cannot be known. */
export async function findSession(pool: Pool, token: string): Promise<StandingSession | null> {
  try {
    const { rows } = await pool.query<StandingSession>({ ...statement, values: [token] })
    return rows[0] ?? null
  } catch (cause) {
    throw new DrawbridgeError('UNAVAILABLE', 'sessions cannot be read now', { retryAfterMs: 500 }, { cause })
  }
}
