import type { Cause, FactChange } from '../change.ts'
import type { FactSet } from '../fact-set.ts'
import type { Fact, Resource } from '../facts.ts'
import type { CooperationId, Id, MemberId, OrganizationId, ShareId, UserId } from '../ids.ts'
import type { Instant } from '../instant.ts'
import type { ShareableRole } from '../roles.ts'

/** Who acts: a member, a signed-in user without an organization, or an organization's key with the scope `manage`. */
export type Actor =
  | { readonly kind: 'member'; readonly organization: OrganizationId; readonly member: MemberId }
  | { readonly kind: 'user'; readonly user: UserId; readonly name: string }
  | { readonly kind: 'key'; readonly organization: OrganizationId; readonly key: Id }

/** What a rule is given besides facts, so that it needs neither a clock nor randomness. */
export interface Context {
  readonly actor: Actor
  readonly now: Instant
  readonly newId: () => Id
}

/** What an act does to the facts; with no change, nothing happened and nothing is recorded. */
export interface Outcome {
  readonly cause: Cause
  readonly facts: readonly FactChange[]
  /** What the command was about, as it stands afterwards, or as it last stood if it is gone. */
  readonly subjects: readonly Fact[]
  /** What the receiver still reaches another way after a share was lowered, paused or removed (S4). */
  readonly stillReaches?: readonly StillReached[]
}

/** A park that a receiver reaches through another share of the same owner. */
export interface StillReached {
  readonly park: Id
  readonly share: ShareId
  readonly role: ShareableRole
}

/** A pure rule: facts and a command in, changes out, or a DrawbridgeError. */
export type Apply<C> = (facts: FactSet, command: C, context: Context) => Outcome

/**
 * What a rule reads, so that a database can load just that. Each need also brings the cooperations,
 * organizations and actor that its facts point at.
 */
export type Need =
  /** The organization with this identifier. */
  | { readonly need: 'identifier'; readonly identifier: string }
  /** The cooperation itself. */
  | { readonly need: 'cooperation'; readonly cooperation: CooperationId }
  /** A cooperation with its shares, both ways. */
  | { readonly need: 'cooperationShares'; readonly cooperation: CooperationId }
  /** All that stands in a cooperation: shares, delegations, the resources shared, and who reaches them. */
  | { readonly need: 'cooperationContents'; readonly cooperation: CooperationId }
  /** A share with its delegations. */
  | { readonly need: 'share'; readonly share: ShareId }
  /** What both sides still know of each other without this share: other shares that reach its parks, who else reaches the owner's resources. */
  | { readonly need: 'shareSurroundings'; readonly share: ShareId }
  /** A resource; the portfolios a park is in; every share that covers it, and its own assignments. */
  | { readonly need: 'resource'; readonly resource: Resource }
  /** A portfolio's entries with their parks. */
  | { readonly need: 'portfolioContents'; readonly portfolio: Id }
  /** `shareSurroundings` of every share of this resource, with the shares' delegations. */
  | { readonly need: 'resourceSurroundings'; readonly resource: Resource }
  /** The admins of an organization: the actor's own when it is not given. */
  | { readonly need: 'admins'; readonly organization?: OrganizationId }
  /** The admins of the other side of a cooperation. */
  | { readonly need: 'receiverAdmins'; readonly cooperation: CooperationId }
  /** A member by itself. */
  | { readonly need: 'member'; readonly member: MemberId }
  /** A member, and one delegation that it has on another share in the cooperation of this one, if there is any. */
  | { readonly need: 'delegate'; readonly member: MemberId; readonly share: ShareId }
  /** A member with its assignments and delegations, and the shares these are on. */
  | { readonly need: 'memberContents'; readonly member: MemberId }
  /** The member of the actor's organization with this external id, as for `member`. */
  | { readonly need: 'externalId'; readonly externalId: string }
  /** The member that a user is. */
  | { readonly need: 'user'; readonly user: UserId }
  /** The actor's open cooperations, and for each one share either way, if there is any. */
  | { readonly need: 'partners' }
  /** Everything that the actor's organization owns, and the contents of all its cooperations. */
  | { readonly need: 'organizationContents' }

/** A rule with what it has to be given. */
export interface Rule<C> {
  readonly needs: (command: C, actor: Actor) => readonly Need[]
  readonly apply: Apply<C>
}
