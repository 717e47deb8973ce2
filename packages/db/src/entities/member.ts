import type { Member } from '@drawbridge/core'
import { defineEntity, type InferEntity } from '@mikro-orm/core'
import { toDate, toInstant } from './instants.ts'
import { OrganizationEntity } from './organization.ts'

const schema = defineEntity({
  name: 'Member',
  tableName: 'member',
  properties: (p) => ({
    id: p.uuid().primary(),
    organization: () => p.manyToOne(OrganizationEntity).mapToPk().deferMode('deferred'),
    user: p.text().fieldName('user_id').strictNullable().unique('member_user_unique'),
    externalId: p.text().strictNullable(),
    name: p.text(),
    role: p.enum(['admin', 'member']),
    pausedAt: p.datetime(3).strictNullable(),
    expiresAt: p.datetime(3).strictNullable(),
  }),
  checks: [
    { name: 'member_person_check', expression: 'num_nonnulls(user_id, external_id) >= 1' },
    { name: 'member_admin_check', expression: "role = 'member' or user_id is not null" },
  ],
  uniques: [{ name: 'member_external_id_unique', properties: ['organization', 'externalId'] }],
  indexes: [{ name: 'member_name_index', properties: ['organization', 'name', 'id'] }],
})

export class MemberEntity extends schema.class {}
schema.setClass(MemberEntity)

export type MemberRow = InferEntity<typeof schema>

export function toMember(row: MemberRow): Member {
  const { id, organization, user, externalId, name, role, pausedAt, expiresAt } = row
  return {
    type: 'member',
    id,
    organization,
    user,
    externalId,
    name,
    role,
    pausedAt: toInstant(pausedAt),
    expiresAt: toInstant(expiresAt),
  }
}

export function toMemberRow(fact: Member): MemberRow {
  const { type: _, ...row } = fact
  return { ...row, pausedAt: toDate(fact.pausedAt), expiresAt: toDate(fact.expiresAt) }
}
