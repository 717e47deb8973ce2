import type { FactSet } from './fact-set.ts'
import type { Resource } from './facts.ts'
import type { MemberId } from './ids.ts'
import { earlier, later, type Instant } from './instant.ts'
import { actionsOfPath, linksOf, membershipLink, type ClosedBy, type ClosedReason } from './links.ts'
import { reachOf, type Path, type Reach } from './paths.ts'
import { actions as allActions, largestRoleWithin, type Action, type Role } from './roles.ts'

/** Why a decision is as it is; a client adds `stale` and `unknown` (contract.md 2). */
export type Reason = 'allowed' | 'no_path' | 'role_too_low' | ClosedReason

/** The answer to whether a member may do an action on a resource (A3). */
export interface Decision<R extends string = Reason> {
  readonly allowed: boolean
  /** What the member may do now, over all open paths (A2). */
  readonly actions: readonly Action[]
  /** The largest role contained in `actions`. */
  readonly role: Role | null
  readonly reason: R
  /** The organization that closed the path. */
  readonly by?: ClosedBy
  readonly since?: Instant
  /** Until when an allowed decision stands if nothing else happens; null when nothing ends it, or when denied. */
  readonly validUntil: Instant | null
  /** The version of the caller's organization that decided. */
  readonly version: number
}

export interface Question {
  readonly member: MemberId
  readonly action: Action
  readonly resource: Resource
}

/** Decides one question over facts at an instant; never fails, an unknown resource is `no_path` (A1 to A4). */
export function decide(
  facts: FactSet,
  { member, action, resource }: Question,
  at: { readonly now: Instant; readonly version: number },
): Decision {
  return decideOver(reachOf(facts, member, resource), action, at)
}

/** Decides over paths that were already gathered: what `decide` does with those it finds in facts. */
export function decideOver(
  reach: Reach | null,
  action: Action,
  { now, version }: { readonly now: Instant; readonly version: number },
): Decision {
  const nothing = { allowed: false, actions: [], role: null, validUntil: null, version } as const
  if (reach === null) return { ...nothing, reason: 'no_path' }

  // A closed membership answers for every resource alike, so that a snapshot of the membership alone decides the same.
  const membership = membershipLink(reach, now)
  if (membership.closed !== null) return { ...nothing, ...why(membership) }

  const weighed = reach.paths.map((path) => weigh(path, reach, now))
  const open = weighed.filter((path) => path.closed.length === 0)
  const actions = allActions.filter((one) => open.some((path) => path.actions.includes(one)))
  const granted = { actions, role: largestRoleWithin(actions), version }

  const granting = open.filter((path) => path.actions.includes(action))
  const [first, ...rest] = granting.map((path) => path.until)
  if (first !== undefined) {
    return { ...granted, allowed: true, reason: 'allowed', validUntil: rest.reduce(later, first) }
  }
  const best = weighed.reduce<Weighed | undefined>(
    (a, b) => (a && !isBetter(b, a, action) ? a : b),
    undefined,
  )
  if (best === undefined) return { ...nothing, reason: 'no_path' }
  const [closed] = best.closed
  return {
    ...granted,
    allowed: false,
    validUntil: null,
    ...(closed ? why(closed) : { reason: 'role_too_low' }),
  }
}

interface Weighed {
  readonly actions: readonly Action[]
  readonly closed: readonly { closed: ClosedReason; by?: ClosedBy; since?: Instant }[]
  readonly until: Instant | null
  readonly share: string
}

function weigh(path: Path, reach: Reach, now: Instant): Weighed {
  const links = linksOf(path, reach, now)
  return {
    actions: actionsOfPath(path, reach.member),
    closed: links.filter((link) => link.closed !== null),
    until: links.reduce<Instant | null>(
      (until, link) => (link.closed === null ? earlier(until, link.until) : until),
      null,
    ),
    share: path.via === 'share' ? path.share.id : '',
  }
}

/** The order in which closed paths explain a denial: largest role, then fewest closed links, then share id (A3). */
function isBetter(a: Weighed, b: Weighed, action: Action): boolean {
  if (a.actions.length !== b.actions.length) return a.actions.length > b.actions.length
  const [closedA, closedB] = [a, b].map(
    (path) => path.closed.length + (path.actions.includes(action) ? 0 : 1),
  )
  if (closedA !== closedB) return (closedA ?? 0) < (closedB ?? 0)
  return a.share < b.share
}

function why({ closed, by, since }: { closed: ClosedReason; by?: ClosedBy; since?: Instant }) {
  return { reason: closed, ...(by && { by }), ...(since && { since }) }
}
