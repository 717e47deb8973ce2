import type { CooperationId, Id, MemberId, OrganizationId, ShareId, UserId } from './ids.ts'
import type { Instant } from './instant.ts'
import type { Role, ShareableRole } from './roles.ts'

/** A park or a portfolio, by its id. */
export interface Resource {
  readonly type: 'park' | 'portfolio'
  readonly id: Id
}

export interface Organization {
  readonly type: 'organization'
  readonly id: OrganizationId
  readonly name: string
  /** What it hands out so that others can invite it; null for a placeholder. */
  readonly identifier: string | null
  readonly status: 'registered' | 'placeholder'
  /** An IANA name; dates without a time end in this zone (C7). */
  readonly timeZone: string
}

export interface Member {
  readonly type: 'member'
  readonly id: MemberId
  readonly organization: OrganizationId
  /** Null for a member without a sign-in, who has an `externalId` instead (O3). */
  readonly user: UserId | null
  readonly externalId: string | null
  readonly name: string
  readonly role: 'admin' | 'member'
  readonly pausedAt: Instant | null
  readonly expiresAt: Instant | null
}

export interface Park {
  readonly type: 'park'
  readonly id: Id
  readonly organization: OrganizationId
  readonly name: string
  readonly kind: 'solar' | 'wind' | 'storage'
  readonly peakPowerKw: number | null
  readonly location: string | null
  readonly externalId: string | null
}

export interface Portfolio {
  readonly type: 'portfolio'
  readonly id: Id
  readonly organization: OrganizationId
  readonly name: string
  readonly externalId: string | null
}

/** A park's place in a portfolio of the same organization. */
export interface PortfolioEntry {
  readonly type: 'portfolioEntry'
  readonly id: Id
  readonly organization: OrganizationId
  readonly portfolio: Id
  readonly park: Id
}

/** A job role that an organization gives its own member on a resource it owns. */
export interface Assignment {
  readonly type: 'assignment'
  readonly id: Id
  readonly organization: OrganizationId
  readonly member: MemberId
  readonly resource: Resource
  readonly role: Role
}

export interface Cooperation {
  readonly type: 'cooperation'
  readonly id: CooperationId
  readonly initiator: OrganizationId
  readonly invitee: OrganizationId
  readonly state: 'pending' | 'active'
  readonly pausedAt: Instant | null
  readonly expiresAt: Instant | null
}

export interface Share {
  readonly type: 'share'
  readonly id: ShareId
  readonly cooperation: CooperationId
  readonly owner: OrganizationId
  readonly receiver: OrganizationId
  readonly resource: Resource
  /** The ceiling: nothing that comes through this share exceeds it. */
  readonly role: ShareableRole
  readonly pausedAt: Instant | null
  readonly expiresAt: Instant | null
}

/** A job role that the receiver gives one of its own members on a share. */
export interface Delegation {
  readonly type: 'delegation'
  readonly id: Id
  /** The receiver, whose act it was (D4). */
  readonly organization: OrganizationId
  readonly share: ShareId
  readonly member: MemberId
  readonly role: ShareableRole
  readonly expiresAt: Instant | null
}

/** One row of what stands. Rules, storage, the wire and replicas all use this one form. */
export type Fact =
  | Organization
  | Member
  | Park
  | Portfolio
  | PortfolioEntry
  | Assignment
  | Cooperation
  | Share
  | Delegation

export type FactType = Fact['type']
export type FactOf<T extends FactType> = Extract<Fact, { type: T }>

/** Names a fact without its content. */
export interface FactRef {
  readonly type: FactType
  readonly id: Id
}

/** The organizations that a fact belongs to; an act that alters it locks the heads of all of them. */
export function organizationsOf(fact: Fact): readonly OrganizationId[] {
  switch (fact.type) {
    case 'organization':
      return [fact.id]
    case 'cooperation':
      return [fact.initiator, fact.invitee]
    case 'share':
      return [fact.owner, fact.receiver]
    default:
      return [fact.organization]
  }
}

/** The organization of a cooperation that is not `organization`. */
export function otherSide(cooperation: Cooperation, organization: OrganizationId): OrganizationId {
  return cooperation.initiator === organization ? cooperation.invitee : cooperation.initiator
}

/** Whether two facts say the same. */
export function isSameFact(a: Fact, b: Fact): boolean {
  return isSameObject(a, b)
}

function isSameObject(a: object, b: object): boolean {
  const fields: [string, unknown][] = Object.entries(a)
  const others = new Map<string, unknown>(Object.entries(b))
  return (
    fields.length === others.size && fields.every(([name, value]) => isSameValue(value, others.get(name)))
  )
}

function isSameValue(a: unknown, b: unknown): boolean {
  if (typeof a === 'object' && a !== null && typeof b === 'object' && b !== null) return isSameObject(a, b)
  return a === b
}
