import type { Portfolio } from '@drawbridge/core'
import { defineEntity, type InferEntity } from '@mikro-orm/core'
import { OrganizationEntity } from './organization.ts'

const schema = defineEntity({
  name: 'Portfolio',
  tableName: 'portfolio',
  properties: (p) => ({
    id: p.uuid().primary(),
    organization: () => p.manyToOne(OrganizationEntity).mapToPk().deferMode('deferred'),
    name: p.text(),
    externalId: p.text().strictNullable(),
  }),
  uniques: [{ name: 'portfolio_external_id_unique', properties: ['organization', 'externalId'] }],
  indexes: [{ name: 'portfolio_name_index', properties: ['organization', 'name', 'id'] }],
})

export class PortfolioEntity extends schema.class {}
schema.setClass(PortfolioEntity)

export type PortfolioRow = InferEntity<typeof schema>

export function toPortfolio(row: PortfolioRow): Portfolio {
  const { id, organization, name, externalId } = row
  return { type: 'portfolio', id, organization, name, externalId }
}

export function toPortfolioRow(fact: Portfolio): PortfolioRow {
  const { type: _, ...row } = fact
  return row
}
