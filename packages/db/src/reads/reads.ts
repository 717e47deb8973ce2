import type {
  Assignment,
  CooperationId,
  Delegation,
  Id,
  Member,
  MemberId,
  Organization,
  OrganizationId,
  Park,
  Portfolio,
  Resource,
  ShareId,
} from '@drawbridge/core'
import type { MikroORM } from '@mikro-orm/postgresql'
import { OrganizationHeadEntity } from '../entities/organization-head.ts'
import { toResourceColumns } from '../entities/resource-columns.ts'
import { storedFacts } from '../entities/stored-facts.ts'
import { isUuid, uuids } from '../load/uuids.ts'
import type { Page, PageOf } from '../pages/page.ts'
import {
  findCooperation,
  findCooperations,
  type CooperationFilter,
  type CooperationView,
} from './cooperations.ts'
import { findPage } from './find-page.ts'
import type { FindMembership } from './membership.ts'
import { findShares, type ShareFilter, type ShareView } from './shares.ts'

const { assignment, delegation, member, organization, park, portfolio, portfolioEntry } = storedFacts

/** Reads for management, each within one organization; none of them decides about access. */
export interface Reads {
  readonly membershipOf: FindMembership
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
  assignments(organization: OrganizationId, filter: AssignmentFilter, page: Page): Promise<PageOf<Assignment>>
  cooperations(
    organization: OrganizationId,
    filter: CooperationFilter,
    page: Page,
  ): Promise<PageOf<CooperationView>>
  cooperation(organization: OrganizationId, id: CooperationId): Promise<CooperationView | null>
  shares(organization: OrganizationId, filter: ShareFilter, page: Page): Promise<PageOf<ShareView>>
  delegations(organization: OrganizationId, filter: DelegationFilter, page: Page): Promise<PageOf<Delegation>>
}

export interface AssignmentFilter {
  readonly member?: MemberId | undefined
  readonly resource?: Resource | undefined
}

export interface DelegationFilter {
  readonly share?: ShareId | undefined
  readonly member?: MemberId | undefined
}

const byName = { name: 'asc', id: 'asc' } as const
const byId = { id: 'asc' } as const

/** Creates the reads; each works on its own, without an identity map. */
export function createReads(orm: MikroORM, membershipOf: FindMembership): Reads {
  const forked = () => orm.em.fork()
  return {
    membershipOf,
    async organizationByIdentifier(identifier) {
      const [found] = await organization.find(forked(), { identifier, status: 'registered' })
      return found ?? null
    },
    async versionOf(id) {
      if (!isUuid(id)) return 0
      const head = await forked().findOne(OrganizationHeadEntity, { organization: id })
      return head?.version ?? 0
    },
    members: (id, page) => findPage(forked(), member, { where: { organization: id }, orderBy: byName, page }),
    membersByExternalId: (id, externalIds) =>
      member.find(forked(), { organization: id, externalId: { $in: [...externalIds] } }),
    parks: (id, page) => findPage(forked(), park, { where: { organization: id }, orderBy: byName, page }),
    async park(id) {
      const [found] = await park.find(forked(), { id: { $in: uuids([id]) } })
      return found ?? null
    },
    portfolios: (id, page) =>
      findPage(forked(), portfolio, { where: { organization: id }, orderBy: byName, page }),
    async portfolio(id) {
      const em = forked()
      const [found] = await portfolio.find(em, { id: { $in: uuids([id]) } })
      if (found === undefined) return null
      const entries = await portfolioEntry.find(em, { portfolio: id })
      const parks = await park.find(em, { id: { $in: entries.map((entry) => entry.park) } })
      return { portfolio: found, parks: parks.toSorted((a, b) => a.name.localeCompare(b.name)) }
    },
    async assignments(id, { member: of, resource }, page) {
      if (!areUuids(of, resource?.id)) return nothing
      const on = resource && toResourceColumns(resource)
      const where = { organization: id, ...(of !== undefined && { member: of }), ...on }
      return findPage(forked(), assignment, { where, orderBy: byId, page })
    },
    cooperations: (id, filter, page) => findCooperations(forked(), id, { filter, page }),
    cooperation: (id, cooperation) => findCooperation(forked(), id, cooperation),
    shares: (id, filter, page) => findShares(forked(), id, { filter, page }),
    async delegations(id, { share, member: of }, page) {
      if (!areUuids(share, of)) return nothing
      const where = {
        $and: [
          share === undefined ? {} : { share },
          of === undefined ? {} : { member: of },
          { organization: id },
        ],
      }
      return findPage(forked(), delegation, { where, orderBy: byId, page })
    },
  }
}

const nothing = { items: [], nextCursor: null }

function areUuids(...ids: readonly (Id | undefined)[]): boolean {
  return ids.every((id) => id === undefined || isUuid(id))
}
