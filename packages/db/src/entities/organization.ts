import type { Organization } from '@drawbridge/core'
import { defineEntity, type InferEntity } from '@mikro-orm/core'

const schema = defineEntity({
  name: 'Organization',
  tableName: 'organization',
  properties: (p) => ({
    id: p.uuid().primary(),
    name: p.text(),
    identifier: p.text().strictNullable().unique('organization_identifier_unique'),
    status: p.enum(['registered', 'placeholder']),
    timeZone: p.text(),
  }),
  checks: [
    { name: 'organization_identifier_check', expression: "(status = 'placeholder') = (identifier is null)" },
  ],
})

export class OrganizationEntity extends schema.class {}
schema.setClass(OrganizationEntity)

export type OrganizationRow = InferEntity<typeof schema>

export function toOrganization(row: OrganizationRow): Organization {
  const { id, name, identifier, status, timeZone } = row
  return { type: 'organization', id, name, identifier, status, timeZone }
}

export function toOrganizationRow(fact: Organization): OrganizationRow {
  const { type: _, ...row } = fact
  return row
}
