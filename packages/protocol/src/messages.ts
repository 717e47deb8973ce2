import type { Change, Fact, Instant, MemberId, OrganizationId } from '@drawbridge/core'

export type { ErrorBody } from './error-body.ts'

/** Bumped when an older client could misread a newer server; a client refuses another one. */
export const protocolVersion = 1

/** The Socket.IO namespace of the live channel. */
export const channelNamespace = '/access'

/** Whose view a connection carries: one member's, or a whole organization's (V1). */
export type Audience = 'member' | 'organization'

/** What a client sends when it connects, in Socket.IO's `auth`. */
export interface Handshake {
  readonly protocol: number
  /** A session or access token; without it the cookie counts. */
  readonly token?: string
  readonly audience: Audience
  /** The cursor of the last snapshot or replay, to be sent only what came after. */
  readonly since?: string
}

/** One part of a snapshot; a replica is replaced once all parts of one version are there. */
export interface SnapshotMessage {
  readonly version: number
  /** Opaque; goes into the next handshake's `since`. */
  readonly cursor: string
  readonly part: number
  readonly parts: number
  readonly organization: OrganizationId
  /** The connection's own member; null for a key. */
  readonly member: MemberId | null
  readonly facts: readonly Fact[]
}

/** One change, with the cursor that resumes after it. */
export interface ChangeMessage extends Change {
  readonly cursor: string
  /** The version last written to this socket before: without it a member, whose versions have gaps, cannot see that one between was lost. */
  readonly previous?: number
}

export interface RenewMessage {
  /** Counts up per connection; the lease that answers carries it. */
  readonly n: number
  /** A fresh token, which keeps the connection past the old one's end. */
  readonly token?: string
}

export interface LeaseMessage {
  readonly n: number
  /** The version last written to this socket: a client that applied another one holds no lease. */
  readonly last: number
  /** Up to which version of the organization this socket has been told all that concerns it. */
  readonly complete: number
  /** How long the lease lasts, in milliseconds from when `renew` was sent. */
  readonly leaseMs: number
  /** The database's clock at the proving read, plus its age. */
  readonly dbNow: Instant
}

export interface AppliedMessage {
  readonly version: number
}

export type GoodbyeReason =
  | 'signed_out'
  | 'credential_ended'
  | 'role_changed'
  | 'too_slow'
  | 'draining'
  | 'protocol_version'
  | 'invalid_message'

export interface GoodbyeMessage {
  readonly reason: GoodbyeReason
  /** Whether connecting again can help. */
  readonly retry: boolean
}

/** Messages from server to client, by event name. */
export interface ServerMessages {
  snapshot: (message: SnapshotMessage) => void
  change: (message: ChangeMessage) => void
  lease: (message: LeaseMessage) => void
  goodbye: (message: GoodbyeMessage) => void
}

/** Messages from client to server, by event name. */
export interface ClientMessages {
  renew: (message: RenewMessage) => void
  applied: (message: AppliedMessage) => void
}
