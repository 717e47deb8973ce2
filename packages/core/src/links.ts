import type { Cooperation, Delegation, Member, Organization, Share } from './facts.ts'
import { isExpired, type Instant } from './instant.ts'
import type { Path, Reach } from './paths.ts'
import { actionsOf, commonActions, type Action } from './roles.ts'

/** Why a link of a path is closed (contract.md 2). */
export type ClosedReason =
  | 'membership_paused'
  | 'membership_expired'
  | 'cooperation_pending'
  | 'cooperation_paused'
  | 'cooperation_expired'
  | 'share_paused'
  | 'share_expired'
  | 'not_delegated'
  | 'delegation_expired'

/** The organization that closed a link. */
export interface ClosedBy {
  readonly organization: string
  readonly name: string
}

/** One condition of a path: open until an instant (null: without end), or closed for a reason. */
export type Link =
  | { readonly link: LinkName; readonly closed: null; readonly until: Instant | null }
  | {
      readonly link: LinkName
      readonly closed: ClosedReason
      readonly by?: ClosedBy
      readonly since?: Instant
    }

export type LinkName = 'membership' | 'cooperation' | 'share' | 'delegation'

/** The links of a path in the order in which a reason is looked for (A1, A3). */
export function linksOf(path: Path, reach: Reach, now: Instant): readonly Link[] {
  const membership = membershipLink(reach, now)
  if (path.via !== 'share') return [membership]
  return [
    membership,
    cooperationLink(path.cooperation, path.owner, reach.organization, now),
    shareLink(path.share, path.owner, now),
    delegationLink(path.delegation, reach, now),
  ]
}

/** The actions that a path gives while it is open: what ceiling and delegation have in common (A1, D1, O7). */
export function actionsOfPath(path: Path, member: Member): readonly Action[] {
  if (path.via === 'administration') return actionsOf('operator')
  if (path.via === 'assignment') return actionsOf(path.assignment.role)
  if (member.role === 'admin') return actionsOf(path.share.role)
  return path.delegation === null
    ? actionsOf(path.share.role)
    : commonActions(path.share.role, path.delegation.role)
}

/** Whether the membership blocks everything in the organization (O4). */
export function membershipLink({ member, organization }: Reach, now: Instant): Link {
  return standing('membership', member, named(organization), now)
}

function cooperationLink(
  cooperation: Cooperation,
  owner: Organization,
  own: Organization,
  now: Instant,
): Link {
  if (cooperation.state === 'pending') return { link: 'cooperation', closed: 'cooperation_pending' }
  const initiator = cooperation.initiator === owner.id ? owner : own
  return standing('cooperation', cooperation, named(initiator), now)
}

function shareLink(share: Share, owner: Organization, now: Instant): Link {
  return standing('share', share, named(owner), now)
}

function delegationLink(delegation: Delegation | null, { member, organization }: Reach, now: Instant): Link {
  if (member.role === 'admin') return { link: 'delegation', closed: null, until: null }
  if (delegation === null) return { link: 'delegation', closed: 'not_delegated' }
  return standing('delegation', { pausedAt: null, expiresAt: delegation.expiresAt }, named(organization), now)
}

function standing(
  link: LinkName,
  { pausedAt, expiresAt }: { readonly pausedAt: Instant | null; readonly expiresAt: Instant | null },
  by: ClosedBy,
  now: Instant,
): Link {
  if (expiresAt !== null && isExpired(expiresAt, now))
    return { link, closed: expiredReasons[link], by, since: expiresAt }
  if (pausedAt !== null && link !== 'delegation')
    return { link, closed: pausedReasons[link], by, since: pausedAt }
  return { link, closed: null, until: expiresAt }
}

const expiredReasons = {
  membership: 'membership_expired',
  cooperation: 'cooperation_expired',
  share: 'share_expired',
  delegation: 'delegation_expired',
} as const satisfies Record<LinkName, ClosedReason>

const pausedReasons = {
  membership: 'membership_paused',
  cooperation: 'cooperation_paused',
  share: 'share_paused',
} as const

function named({ id, name }: Organization): ClosedBy {
  return { organization: id, name }
}
