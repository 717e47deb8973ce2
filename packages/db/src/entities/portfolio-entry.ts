import type { PortfolioEntry } from '@drawbridge/core'
import { defineEntity, type InferEntity } from '@mikro-orm/core'
import { OrganizationEntity } from './organization.ts'
import { ParkEntity } from './park.ts'
import { PortfolioEntity } from './portfolio.ts'

const schema = defineEntity({
  name: 'PortfolioEntry',
  tableName: 'portfolio_entry',
  properties: (p) => ({
    id: p.uuid().primary(),
    organization: () => p.manyToOne(OrganizationEntity).mapToPk().deferMode('deferred'),
    portfolio: () => p.manyToOne(PortfolioEntity).mapToPk().deferMode('deferred'),
    park: () => p.manyToOne(ParkEntity).mapToPk().deferMode('deferred'),
  }),
  uniques: [{ name: 'portfolio_entry_unique', properties: ['portfolio', 'park'] }],
  indexes: [
    { name: 'portfolio_entry_organization_index', properties: ['organization'] },
    { name: 'portfolio_entry_park_index', properties: ['park', 'portfolio'] },
  ],
})

export class PortfolioEntryEntity extends schema.class {}
schema.setClass(PortfolioEntryEntity)

export type PortfolioEntryRow = InferEntity<typeof schema>

export function toPortfolioEntry(row: PortfolioEntryRow): PortfolioEntry {
  const { id, organization, portfolio, park } = row
  return { type: 'portfolioEntry', id, organization, portfolio, park }
}

export function toPortfolioEntryRow(fact: PortfolioEntry): PortfolioEntryRow {
  const { type: _, ...row } = fact
  return row
}
