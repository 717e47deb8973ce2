import type { Park } from '@drawbridge/core'
import { defineEntity, type InferEntity } from '@mikro-orm/core'
import { OrganizationEntity } from './organization.ts'

const schema = defineEntity({
  name: 'Park',
  tableName: 'park',
  properties: (p) => ({
    id: p.uuid().primary(),
    organization: () => p.manyToOne(OrganizationEntity).mapToPk().deferMode('deferred'),
    name: p.text(),
    kind: p.enum(['solar', 'wind', 'storage']),
    peakPowerKw: p.float().columnType('double precision').strictNullable(),
    location: p.text().strictNullable(),
    externalId: p.text().strictNullable(),
  }),
  uniques: [{ name: 'park_external_id_unique', properties: ['organization', 'externalId'] }],
  indexes: [{ name: 'park_name_index', properties: ['organization', 'name', 'id'] }],
})

export class ParkEntity extends schema.class {}
schema.setClass(ParkEntity)

export type ParkRow = InferEntity<typeof schema>

export function toPark(row: ParkRow): Park {
  const { id, organization, name, kind, peakPowerKw, location, externalId } = row
  return { type: 'park', id, organization, name, kind, peakPowerKw, location, externalId }
}

export function toParkRow(fact: Park): ParkRow {
  const { type: _, ...row } = fact
  return row
}
