import type { Change, Fact, Instant, MemberId, OrganizationId } from '@drawbridge/core'
import type { Audience } from '@drawbridge/protocol/messages'

/** The change log as the feed reads it; implemented by the database package. */
export interface ChangeSource {
  /**
   * One proving read: the database's clock, each organization's head version, and the changes after each
   * cursor in version order (at most a few hundred per organization; poll again while a head is ahead).
   */
  poll(cursors: ReadonlyMap<OrganizationId, number>): Promise<{
    readonly now: Instant
    readonly heads: ReadonlyMap<OrganizationId, number>
    readonly changes: ReadonlyMap<OrganizationId, readonly Change[]>
  }>
  /**
   * A whole organization's snapshot (V1) with its version, read in one snapshot of the database; as a member's, without
   * facts when what it is of is not there any more.
   */
  organizationSnapshot(organization: OrganizationId): Promise<VersionedFacts>
  /** One member's snapshot (V1) with its organization's version, read in one snapshot of the database. */
  memberSnapshot(member: MemberId): Promise<VersionedFacts>
  /** Calls back with organizations that may have changed: a hint that only saves waiting for the next poll. */
  onWake(wake: (organizations: readonly OrganizationId[]) => void): Disposable
  /** Identifies this database's history; a cursor of another one is worthless. */
  readonly epoch: string
}

export interface VersionedFacts {
  readonly version: number
  readonly facts: readonly Fact[]
}

/** Who is behind a connection. */
export interface Principal {
  readonly organization: OrganizationId
  /** Null for a key. */
  readonly member: MemberId | null
  readonly role: 'admin' | 'member' | 'key'
  /**
   * What the credential may follow: `organization` for active admins with a session and for keys with `guard`,
   * `member` for every member.
   */
  readonly audiences: readonly Audience[]
  /** Names the session, token or key, to ask again whether it still holds. */
  readonly credential: string
  /** When the credential ends by itself, on the database's clock. */
  readonly expiresAt: Instant | null
  /** When the membership ends by itself, on the database's clock; null for a key. */
  readonly membershipExpiresAt: Instant | null
}

/** Credentials as the channel checks them; implemented by the server. */
export interface Authenticator {
  /** Null when the credential is missing, wrong or ended. */
  authenticate(request: {
    readonly token: string | null
    readonly headers: Headers
  }): Promise<Principal | null>
  /** Of these credentials, those that no longer hold; one query for all. */
  ended(credentials: readonly string[]): Promise<ReadonlySet<string>>
}

/** Where the channel reports what an operator should see. */
export interface Log {
  info(details: object, message: string): void
  warn(details: object, message: string): void
  error(details: object, message: string): void
}
