import {
  isExpired,
  otherSide,
  type Cooperation,
  type CooperationId,
  type Instant,
  type Organization,
  type OrganizationId,
} from '@drawbridge/core'
import type { EntityManager, FilterQuery } from '@mikro-orm/postgresql'
import type { CooperationRow } from '../entities/cooperation.ts'
import { storedFacts } from '../entities/stored-facts.ts'
import { isUuid, uuids } from '../load/uuids.ts'
import type { Page, PageOf } from '../pages/page.ts'
import { findPage } from './find-page.ts'

const { cooperation, organization } = storedFacts

/** A cooperation as one of its sides sees it. */
export interface CooperationView extends Omit<Cooperation, 'type' | 'state'> {
  readonly direction: 'outgoing' | 'incoming'
  /** Expired wins over paused (C2). */
  readonly status: 'pending' | 'active' | 'paused' | 'expired'
  readonly partner: { readonly id: OrganizationId; readonly name: string }
  readonly sharesGiven: number
  readonly sharesReceived: number
}

export interface CooperationFilter {
  readonly direction?: 'outgoing' | 'incoming' | undefined
  /** A part of the partner's name. */
  readonly search?: string | undefined
}

/** One organization's cooperations, newest first. */
export async function findCooperations(
  em: EntityManager,
  own: OrganizationId,
  { filter, page }: { readonly filter: CooperationFilter; readonly page: Page },
): Promise<PageOf<CooperationView>> {
  const { direction, search } = filter
  const partner = search === undefined ? {} : { $in: await partnersNamed(em, own, search) }
  const sides: FilterQuery<CooperationRow>[] = []
  if (direction !== 'incoming')
    sides.push({ $and: [{ initiator: own }, search === undefined ? {} : { invitee: partner }] })
  if (direction !== 'outgoing')
    sides.push({ $and: [{ invitee: own }, search === undefined ? {} : { initiator: partner }] })
  const found = await findPage(em, cooperation, { where: { $or: sides }, orderBy: { id: 'desc' }, page })
  return { items: await toViews(em, own, found.items), nextCursor: found.nextCursor }
}

/** One cooperation of an organization; null for one that it is not a side of. */
export async function findCooperation(
  em: EntityManager,
  own: OrganizationId,
  id: CooperationId,
): Promise<CooperationView | null> {
  if (!isUuid(id)) return null
  const found = await cooperation.find(em, { id, $or: [{ initiator: own }, { invitee: own }] })
  const [view] = await toViews(em, own, found)
  return view ?? null
}

async function partnersNamed(em: EntityManager, own: OrganizationId, search: string): Promise<string[]> {
  const pattern = `%${search.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
  const rows = await em.execute<{ id: string }[]>(
    `select id from organization where name ilike ? and id in (
       select invitee_id from cooperation where initiator_id = ?
       union all select initiator_id from cooperation where invitee_id = ?
     )`,
    [pattern, own, own],
  )
  return rows.map(({ id }) => id)
}

async function toViews(
  em: EntityManager,
  own: OrganizationId,
  cooperations: readonly Cooperation[],
): Promise<readonly CooperationView[]> {
  if (cooperations.length === 0) return []
  const partners = await findNames(
    em,
    cooperations.map((one) => otherSide(one, own)),
  )
  const counts = await countShares(
    em,
    cooperations.map(({ id }) => id),
  )
  const now = await readClock(em)
  return cooperations.map((one) => {
    const { type: _, state: __, ...rest } = one
    const partner = otherSide(one, own)
    return {
      ...rest,
      direction: one.initiator === own ? 'outgoing' : 'incoming',
      status: statusOf(one, now),
      partner: { id: partner, name: partners.get(partner)?.name ?? '' },
      sharesGiven: counts.get(`${one.id} ${own}`) ?? 0,
      sharesReceived: counts.get(`${one.id} ${partner}`) ?? 0,
    }
  })
}

function statusOf({ state, pausedAt, expiresAt }: Cooperation, now: Instant): CooperationView['status'] {
  if (state === 'pending') return 'pending'
  if (isExpired(expiresAt, now)) return 'expired'
  return pausedAt === null ? 'active' : 'paused'
}

/** Organizations by their ids. */
export async function findNames(
  em: EntityManager,
  ids: readonly OrganizationId[],
): Promise<ReadonlyMap<OrganizationId, Organization>> {
  const found = await organization.find(em, { id: { $in: uuids(ids) } })
  return new Map(found.map((one) => [one.id, one]))
}

async function countShares(
  em: EntityManager,
  ids: readonly CooperationId[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await em.execute<{ cooperation: string; owner: string; count: number }[]>(
    `select cooperation_id as cooperation, owner_id as owner, count(*)::int as count from share
     where cooperation_id in (?) group by cooperation_id, owner_id`,
    [[...ids]],
  )
  return new Map(rows.map(({ cooperation, owner, count }) => [`${cooperation} ${owner}`, count]))
}

async function readClock(em: EntityManager): Promise<Instant> {
  const [row] = await em.execute<{ now: number }[]>(
    'select extract(epoch from clock_timestamp())::float8 * 1000 as now',
  )
  return new Date(Math.floor(row?.now ?? 0)).toISOString()
}
