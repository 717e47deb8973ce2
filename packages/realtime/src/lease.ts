import type { Instant } from '@drawbridge/core'
import { elapsed, type Moment } from './clock.ts'

/** A read that showed all that was committed when it started. */
export interface Proof {
  readonly started: Moment
  /** The database's clock at the read. */
  readonly now: Instant
}

/** What a lease may say, all measured from when the renewal came in. */
export interface LeaseTerms {
  readonly leaseMs: number
  readonly dbNow: Instant
}

export interface LeaseBasis {
  readonly proof: Proof
  /** When the credential was last asked for and still held; measured from the asking. */
  readonly verified: Moment
  readonly expiresAt: Instant | null
  /** When the renewal came in; a read that started later has no age. */
  readonly received: Moment
}

/**
 * How long a connection's replica counts as current: the full length less the age of what proves it, and never beyond
 * the credential's own end. Null when nothing is left (A5).
 */
export function leaseTerms(
  fullMs: number,
  { proof, verified, expiresAt, received }: LeaseBasis,
): LeaseTerms | null {
  const age = elapsed(proof.started, received)
  const now = Date.parse(proof.now) + age
  const credentialMs = expiresAt === null ? Number.POSITIVE_INFINITY : Date.parse(expiresAt) - now
  const leaseMs = Math.floor(Math.min(fullMs - age, fullMs - elapsed(verified, received), credentialMs))
  return leaseMs > 0 ? { leaseMs, dbNow: new Date(now).toISOString() } : null
}
