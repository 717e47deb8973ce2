import type { Asker, Decision, MemberId, OrganizationId, Resource } from '@drawbridge/core'
import type { Pipelined } from '../connections/pipelined.ts'
import type { Page, PageOf } from '../pages/page.ts'
import type { Snapshots } from '../snapshots/snapshots.ts'
import { decideMany, type Check } from './decide-many.ts'
import { listReached, type ListFilter, type ReachedResource } from './list-reached.ts'
import { whoReaches, type ReachingMember } from './who-reaches.ts'

/** Answers about access: prepared SQL loads the facts of the paths, and core's `decideOver` decides (A3). */
export interface Decisions extends Pick<Snapshots, 'memberSnapshot'> {
  /** Answers in the order asked; a decision never fails for what is unknown or foreign (A4). */
  decideMany(checks: readonly Check[], asker: Asker): Promise<readonly Decision[]>
  /** The resources that a member reaches now, by name and id. */
  list(member: MemberId, filter: ListFilter, page: Page): Promise<PageOf<ReachedResource>>
  /** The members that reach a resource now, by name and id; null for who neither owns nor received it. */
  who(organization: OrganizationId, resource: Resource, page: Page): Promise<PageOf<ReachingMember> | null>
}

/** Creates the decisions on pipelined connections. */
export function createDecisions(connection: Pipelined, snapshots: Snapshots): Decisions {
  return {
    decideMany: (checks, asker) => decideMany(connection, checks, asker),
    list: (member, filter, page) => listReached(connection, { member, ...filter }, page),
    who: (organization, resource, page) => whoReaches(connection, { organization, resource }, page),
    memberSnapshot: (member) => snapshots.memberSnapshot(member),
  }
}
