import type { CooperationId, Id, OrganizationId, Resource, Share } from '@drawbridge/core'
import type { EntityManager } from '@mikro-orm/postgresql'
import { storedFacts } from '../entities/stored-facts.ts'
import { idsOf } from '../load/resource.ts'
import { isUuid } from '../load/uuids.ts'
import type { Page, PageOf } from '../pages/page.ts'
import { findNames } from './cooperations.ts'
import { findPage } from './find-page.ts'

const { park, portfolio, share } = storedFacts

/** A share as one of its sides sees it. */
export interface ShareView extends Omit<Share, 'type'> {
  readonly direction: 'given' | 'received'
  readonly resourceName: string
  readonly partner: { readonly id: OrganizationId; readonly name: string }
}

export interface ShareFilter {
  readonly direction?: 'given' | 'received' | undefined
  readonly cooperation?: CooperationId | undefined
}

/** The shares that an organization gave or received, newest first. */
export async function findShares(
  em: EntityManager,
  own: OrganizationId,
  { filter, page }: { readonly filter: ShareFilter; readonly page: Page },
): Promise<PageOf<ShareView>> {
  const { direction, cooperation } = filter
  if (cooperation !== undefined && !isUuid(cooperation)) return { items: [], nextCursor: null }
  const given = direction === 'received' ? [] : [{ owner: own }]
  const received = direction === 'given' ? [] : [{ receiver: own }]
  const within = cooperation === undefined ? {} : { cooperation }
  const where = { $and: [within, { $or: [...given, ...received] }] }
  const found = await findPage(em, share, { where, orderBy: { id: 'desc' }, page })
  return { items: await toViews(em, own, found.items), nextCursor: found.nextCursor }
}

async function toViews(
  em: EntityManager,
  own: OrganizationId,
  shares: readonly Share[],
): Promise<readonly ShareView[]> {
  if (shares.length === 0) return []
  const partners = await findNames(
    em,
    shares.map((one) => partnerOf(one, own)),
  )
  const names = await findResourceNames(
    em,
    shares.map(({ resource }) => resource),
  )
  return shares.map((one) => {
    const { type: _, ...rest } = one
    const partner = partnerOf(one, own)
    return {
      ...rest,
      direction: one.owner === own ? 'given' : 'received',
      resourceName: names.get(one.resource.id) ?? '',
      partner: { id: partner, name: partners.get(partner)?.name ?? '' },
    }
  })
}

function partnerOf({ owner, receiver }: Share, own: OrganizationId): OrganizationId {
  return owner === own ? receiver : owner
}

async function findResourceNames(
  em: EntityManager,
  resources: readonly Resource[],
): Promise<ReadonlyMap<Id, string>> {
  const parks = await park.find(em, { id: { $in: idsOf(resources, 'park') } })
  const portfolios = await portfolio.find(em, { id: { $in: idsOf(resources, 'portfolio') } })
  return new Map([...parks, ...portfolios].map(({ id, name }) => [id, name]))
}
