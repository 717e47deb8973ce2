import type {
  Action,
  ActId,
  Actor,
  Asker,
  Assignment,
  CauseType,
  Command,
  CommandType,
  Cooperation,
  CooperationId,
  Decision,
  Delegation,
  Fact,
  Id,
  Instant,
  Member,
  MemberId,
  Organization,
  OrganizationId,
  Park,
  Portfolio,
  Resource,
  Role,
  Share,
  ShareId,
  StillReached,
  UserId,
} from '@drawbridge/core'

/** A user's place in an organization. */
export interface Membership {
  readonly member: Member
  readonly organization: Organization
  /** The database's clock when this was read: it decides whether the membership is open (C7). */
  readonly now: Instant
}

/** Who calls, once the credential was checked. */
export interface Caller {
  readonly user: { readonly id: UserId; readonly email: string; readonly name: string } | null
  /** What rules see of the caller. */
  readonly actor: Actor
  /** The caller's place in its organization; null for a user without one. */
  readonly membership: Membership | null
  /** Names the session or key in the audit log; never a secret. */
  readonly credential: string
}

/** Credentials as the API checks them; implemented by the server. */
export interface CallerSource {
  /** Null when the request carries no valid credential. */
  callerOf(request: Request): Promise<Caller | null>
}

/** What a command did. */
export interface Execution {
  /** Null when nothing changed. */
  readonly act: ActId | null
  readonly at: Instant
  readonly cause: CauseType
  /** The acting organization's version after it. */
  readonly version: number
  readonly subjects: readonly Fact[]
  readonly stillReaches: readonly StillReached[]
}

/** Carries out commands, each in one transaction; implemented by the database package. */
export interface Executor {
  execute<T extends CommandType>(
    command: Command<T>,
    by: { readonly actor: Actor; readonly credential: string },
  ): Promise<Execution>
}

export interface Page {
  readonly cursor?: string | undefined
  readonly limit?: number | undefined
}

export interface PageOf<T> {
  readonly items: readonly T[]
  readonly nextCursor: string | null
}

/** Names an organization to another one. */
export interface OrganizationName {
  readonly id: OrganizationId
  readonly name: string
}

/** A cooperation as one of its sides sees it. */
export interface CooperationView extends Omit<Cooperation, 'type' | 'state'> {
  readonly direction: 'outgoing' | 'incoming'
  readonly status: 'pending' | 'active' | 'paused' | 'expired'
  readonly partner: OrganizationName
  readonly sharesGiven: number
  readonly sharesReceived: number
}

export interface ShareView extends Omit<Share, 'type'> {
  readonly direction: 'given' | 'received'
  readonly resourceName: string
  readonly partner: OrganizationName
}

/** Reads for management, each within one organization; implemented by the database package. */
export interface Reads {
  membershipOf(user: UserId): Promise<Membership | null>
  organizationByIdentifier(identifier: string): Promise<Organization | null>
  versionOf(organization: OrganizationId): Promise<number>
  members(organization: OrganizationId, page: Page): Promise<PageOf<Member>>
  membersByExternalId(
    organization: OrganizationId,
    externalIds: readonly string[],
  ): Promise<readonly Member[]>
  parks(organization: OrganizationId, page: Page): Promise<PageOf<Park>>
  park(id: Id): Promise<Park | null>
  portfolios(organization: OrganizationId, page: Page): Promise<PageOf<Portfolio>>
  portfolio(id: Id): Promise<{ portfolio: Portfolio; parks: readonly Park[] } | null>
  assignments(
    organization: OrganizationId,
    filter: { readonly member?: MemberId | undefined; readonly resource?: Resource | undefined },
    page: Page,
  ): Promise<PageOf<Assignment>>
  cooperations(
    organization: OrganizationId,
    filter: {
      readonly direction?: 'outgoing' | 'incoming' | undefined
      readonly search?: string | undefined
    },
    page: Page,
  ): Promise<PageOf<CooperationView>>
  cooperation(organization: OrganizationId, id: CooperationId): Promise<CooperationView | null>
  shares(
    organization: OrganizationId,
    filter: {
      readonly direction?: 'given' | 'received' | undefined
      readonly cooperation?: CooperationId | undefined
    },
    page: Page,
  ): Promise<PageOf<ShareView>>
  delegations(
    organization: OrganizationId,
    filter: { readonly share?: ShareId | undefined; readonly member?: MemberId | undefined },
    page: Page,
  ): Promise<PageOf<Delegation>>
}

/** One question to the server; who asks decides what may be told (A4). */
export interface Check {
  readonly member: MemberId
  readonly action: Action
  readonly resource: Resource
}

/** A resource that a member reaches now. */
export interface ReachedResource {
  readonly resource: Resource
  readonly name: string
  readonly externalId: string | null
  readonly owner: OrganizationName
  readonly actions: readonly Action[]
  readonly role: Role
  /** The open paths, each with its role and, for a share, its id. */
  readonly paths: readonly {
    readonly via: 'administration' | 'assignment' | 'share'
    readonly share?: ShareId
    readonly role: Role
  }[]
  readonly validUntil: Instant | null
}

/** A member that reaches a resource now. */
export interface ReachingMember {
  readonly member: { readonly id: MemberId; readonly name: string; readonly externalId: string | null }
  readonly organization: OrganizationName
  readonly actions: readonly Action[]
  readonly role: Role
  readonly validUntil: Instant | null
}

/** Decisions by prepared SQL that loads the facts of the paths, and `decide()` (A3); implemented by the database package. */
export interface Decisions {
  /** Answers in the order asked, with the asker's version; what the asker may not be told is `no_path` (A4). */
  decideMany(checks: readonly Check[], asker: Asker): Promise<readonly Decision[]>
  /** The resources that a member reaches now, by keyset over name and id. */
  list(
    member: MemberId,
    filter: { readonly type?: 'park' | 'portfolio' | undefined; readonly action?: Action | undefined },
    page: Page,
  ): Promise<PageOf<ReachedResource>>
  /** The members of any organization that reach a resource now, by keyset; null unless `organization` owns it or receives it (then: its own members). */
  who(organization: OrganizationId, resource: Resource, page: Page): Promise<PageOf<ReachingMember> | null>
  /** One member's snapshot (V1) with its organization's version. */
  memberSnapshot(member: MemberId): Promise<{ readonly version: number; readonly facts: readonly Fact[] }>
}

/** What `/readyz` asks: null when all is well, else the reason. */
export interface Readiness {
  reasonNotReady(): Promise<string | null>
}

/** Where the API reports what an operator should see; pino's loggers are one. */
export interface Log {
  error(details: object, message: string): void
}
