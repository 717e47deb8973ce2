import type { Delegation } from '@drawbridge/core'
import { shareableRoles } from '@drawbridge/core'
import { defineEntity, type InferEntity } from '@mikro-orm/core'
import { toDate, toInstant } from './instants.ts'
import { MemberEntity } from './member.ts'
import { OrganizationEntity } from './organization.ts'
import { ShareEntity } from './share.ts'

const schema = defineEntity({
  name: 'Delegation',
  tableName: 'delegation',
  properties: (p) => ({
    id: p.uuid().primary(),
    organization: () => p.manyToOne(OrganizationEntity).mapToPk().deferMode('deferred'),
    share: () => p.manyToOne(ShareEntity).mapToPk().deferMode('deferred'),
    member: () => p.manyToOne(MemberEntity).mapToPk().deferMode('deferred'),
    role: p.enum(shareableRoles),
    expiresAt: p.datetime(3).strictNullable(),
  }),
  uniques: [{ name: 'delegation_unique', properties: ['share', 'member'] }],
  indexes: [
    { name: 'delegation_organization_index', properties: ['organization'] },
    { name: 'delegation_member_index', properties: ['member', 'share'] },
  ],
})

export class DelegationEntity extends schema.class {}
schema.setClass(DelegationEntity)

export type DelegationRow = InferEntity<typeof schema>

export function toDelegation(row: DelegationRow): Delegation {
  const { id, organization, share, member, role, expiresAt } = row
  return { type: 'delegation', id, organization, share, member, role, expiresAt: toInstant(expiresAt) }
}

export function toDelegationRow(fact: Delegation): DelegationRow {
  const { type: _, ...row } = fact
  return { ...row, expiresAt: toDate(fact.expiresAt) }
}
