import type { Assignment } from '@drawbridge/core'
import { roles } from '@drawbridge/core'
import { defineEntity, type InferEntity } from '@mikro-orm/core'
import { MemberEntity } from './member.ts'
import { OrganizationEntity } from './organization.ts'
import { ParkEntity } from './park.ts'
import { PortfolioEntity } from './portfolio.ts'
import { exactlyOneResource, toResource, toResourceColumns } from './resource-columns.ts'

const schema = defineEntity({
  name: 'Assignment',
  tableName: 'assignment',
  properties: (p) => ({
    id: p.uuid().primary(),
    organization: () => p.manyToOne(OrganizationEntity).mapToPk().deferMode('deferred'),
    member: () => p.manyToOne(MemberEntity).mapToPk().deferMode('deferred'),
    park: () =>
      p.manyToOne(ParkEntity).mapToPk().strictNullable().deleteRule('no action').deferMode('deferred'),
    portfolio: () =>
      p.manyToOne(PortfolioEntity).mapToPk().strictNullable().deleteRule('no action').deferMode('deferred'),
    role: p.enum(roles),
  }),
  checks: [{ name: 'assignment_resource_check', expression: exactlyOneResource }],
  uniques: [
    { name: 'assignment_park_unique', properties: ['member', 'park'] },
    { name: 'assignment_portfolio_unique', properties: ['member', 'portfolio'] },
  ],
  indexes: [
    { name: 'assignment_organization_index', properties: ['organization'] },
    { name: 'assignment_park_index', properties: ['park', 'member'] },
    { name: 'assignment_portfolio_index', properties: ['portfolio', 'member'] },
  ],
})

export class AssignmentEntity extends schema.class {}
schema.setClass(AssignmentEntity)

export type AssignmentRow = InferEntity<typeof schema>

export function toAssignment(row: AssignmentRow): Assignment {
  const { id, organization, member, role } = row
  return { type: 'assignment', id, organization, member, resource: toResource(row), role }
}

export function toAssignmentRow(fact: Assignment): AssignmentRow {
  const { type: _, resource, ...row } = fact
  return { ...row, ...toResourceColumns(resource) }
}
