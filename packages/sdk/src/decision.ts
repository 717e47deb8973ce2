import type { Decision, MemberId, Reason } from '@drawbridge/core'

/** The server's reasons, and a client's own: its replica is not provably current, or there is none yet. */
export type ClientReason = Reason | 'stale' | 'unknown'

/** A decision as the bridge answers it (A3). */
export type ClientDecision = Decision<ClientReason>

/** Names a member: by its id, or by the id that the own organization gave it. */
export type MemberName = MemberId | { readonly externalId: string }

export interface DecideOptions {
  /** Whose access; without it the connection's own member. Others are known to the audience `organization` only. */
  readonly member?: MemberName
}

/** The decision where no fact decides. */
export function deny(reason: 'stale' | 'unknown' | 'no_path', version: number): ClientDecision {
  return { allowed: false, actions: [], role: null, reason, validUntil: null, version }
}
