import type { Cooperation } from '@drawbridge/core'
import { defineEntity, type InferEntity } from '@mikro-orm/core'
import { toDate, toInstant } from './instants.ts'
import { OrganizationEntity } from './organization.ts'

const schema = defineEntity({
  name: 'Cooperation',
  tableName: 'cooperation',
  properties: (p) => ({
    id: p.uuid().primary(),
    initiator: () => p.manyToOne(OrganizationEntity).mapToPk().deferMode('deferred'),
    invitee: () => p.manyToOne(OrganizationEntity).mapToPk().deferMode('deferred'),
    state: p.enum(['pending', 'active']),
    pausedAt: p.datetime(3).strictNullable(),
    expiresAt: p.datetime(3).strictNullable(),
  }),
  checks: [{ name: 'cooperation_sides_check', expression: 'initiator_id <> invitee_id' }],
  indexes: [
    { name: 'cooperation_initiator_index', properties: ['initiator'] },
    { name: 'cooperation_invitee_index', properties: ['invitee'] },
  ],
  uniques: [
    {
      name: 'cooperation_pair_unique',
      expression:
        'create unique index "cooperation_pair_unique" on "cooperation" (least(initiator_id, invitee_id), greatest(initiator_id, invitee_id))',
    },
  ],
})

export class CooperationEntity extends schema.class {}
schema.setClass(CooperationEntity)

export type CooperationRow = InferEntity<typeof schema>

export function toCooperation(row: CooperationRow): Cooperation {
  const { id, initiator, invitee, state, pausedAt, expiresAt } = row
  return {
    type: 'cooperation',
    id,
    initiator,
    invitee,
    state,
    pausedAt: toInstant(pausedAt),
    expiresAt: toInstant(expiresAt),
  }
}

export function toCooperationRow(fact: Cooperation): CooperationRow {
  const { type: _, ...row } = fact
  return { ...row, pausedAt: toDate(fact.pausedAt), expiresAt: toDate(fact.expiresAt) }
}
