import type { Fact, FactRef, Resource } from './facts.ts'
import type { ActId, CooperationId, MemberId, OrganizationId, ShareId } from './ids.ts'
import type { Instant } from './instant.ts'

/** One fact put (added or replaced) or dropped. */
export type FactChange = { readonly put: Fact } | { readonly drop: FactRef }

/** What an act was, in the domain's words. */
export type CauseType =
  | `organization.${'created' | 'updated' | 'removed'}`
  | `membership.${'created' | 'updated' | 'roleChanged' | 'paused' | 'resumed' | 'expirationChanged' | 'renewed' | 'expired' | 'removed' | 'left'}`
  | `park.${'created' | 'updated' | 'removed'}`
  | `portfolio.${'created' | 'updated' | 'removed' | 'parkAdded' | 'parkRemoved'}`
  | `assignment.${'granted' | 'revoked'}`
  | `cooperation.${'invited' | 'accepted' | 'declined' | 'cancelled' | 'lapsed' | 'paused' | 'resumed' | 'expirationChanged' | 'renewed' | 'expired' | 'removed' | 'left'}`
  | `share.${'created' | 'roleChanged' | 'paused' | 'resumed' | 'expirationChanged' | 'renewed' | 'expired' | 'removed'}`
  | `delegation.${'granted' | 'revoked' | 'expired'}`

/** Why a change happened: the act's type, the organization that acted, and what it concerned. */
export interface Cause {
  readonly type: CauseType
  readonly by: OrganizationId
  /** Both sides, where the act concerned a cooperation. */
  readonly organizations?: readonly OrganizationId[]
  readonly cooperation?: CooperationId
  readonly shares?: readonly ShareId[]
  readonly members?: readonly MemberId[]
  readonly resource?: Resource
}

/** What one act does to the facts of one organization's snapshot; versions are gapless per organization (V2, V3). */
export interface Change {
  readonly version: number
  readonly act: ActId
  readonly at: Instant
  readonly cause: Cause
  readonly facts: readonly FactChange[]
}

/** The fact that a change concerns, without its content. */
export function refOf(change: FactChange): FactRef {
  return 'put' in change ? { type: change.put.type, id: change.put.id } : change.drop
}
