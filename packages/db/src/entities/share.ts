import type { Share } from '@drawbridge/core'
import { shareableRoles } from '@drawbridge/core'
import { defineEntity, type InferEntity } from '@mikro-orm/core'
import { CooperationEntity } from './cooperation.ts'
import { toDate, toInstant } from './instants.ts'
import { OrganizationEntity } from './organization.ts'
import { ParkEntity } from './park.ts'
import { PortfolioEntity } from './portfolio.ts'
import { exactlyOneResource, toResource, toResourceColumns } from './resource-columns.ts'

const schema = defineEntity({
  name: 'Share',
  tableName: 'share',
  properties: (p) => ({
    id: p.uuid().primary(),
    cooperation: () => p.manyToOne(CooperationEntity).mapToPk().deferMode('deferred'),
    owner: () => p.manyToOne(OrganizationEntity).mapToPk().deferMode('deferred'),
    receiver: () => p.manyToOne(OrganizationEntity).mapToPk().deferMode('deferred'),
    park: () =>
      p.manyToOne(ParkEntity).mapToPk().strictNullable().deleteRule('no action').deferMode('deferred'),
    portfolio: () =>
      p.manyToOne(PortfolioEntity).mapToPk().strictNullable().deleteRule('no action').deferMode('deferred'),
    role: p.enum(shareableRoles),
    pausedAt: p.datetime(3).strictNullable(),
    expiresAt: p.datetime(3).strictNullable(),
  }),
  checks: [
    { name: 'share_resource_check', expression: exactlyOneResource },
    { name: 'share_sides_check', expression: 'owner_id <> receiver_id' },
  ],
  uniques: [
    { name: 'share_park_unique', properties: ['cooperation', 'park'] },
    { name: 'share_portfolio_unique', properties: ['cooperation', 'portfolio'] },
  ],
  indexes: [
    { name: 'share_cooperation_index', properties: ['cooperation', 'owner'] },
    { name: 'share_park_index', properties: ['park', 'receiver'] },
    { name: 'share_portfolio_index', properties: ['portfolio', 'receiver'] },
    { name: 'share_receiver_index', properties: ['receiver'] },
    { name: 'share_owner_index', properties: ['owner'] },
  ],
})

export class ShareEntity extends schema.class {}
schema.setClass(ShareEntity)

export type ShareRow = InferEntity<typeof schema>

export function toShare(row: ShareRow): Share {
  const { id, cooperation, owner, receiver, role, pausedAt, expiresAt } = row
  return {
    type: 'share',
    id,
    cooperation,
    owner,
    receiver,
    resource: toResource(row),
    role,
    pausedAt: toInstant(pausedAt),
    expiresAt: toInstant(expiresAt),
  }
}

export function toShareRow(fact: Share): ShareRow {
  const { type: _, resource, ...row } = fact
  return {
    ...row,
    ...toResourceColumns(resource),
    pausedAt: toDate(fact.pausedAt),
    expiresAt: toDate(fact.expiresAt),
  }
}
