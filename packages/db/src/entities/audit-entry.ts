import type { Actor, Cause, CommandType, ErrorCode, Fact, FactChange, OrganizationId } from '@drawbridge/core'
import { defineEntity } from '@mikro-orm/core'

/** The person is named in the own organization's entry alone; others see which organization acted (U2). */
export type AuditedActor = Actor | { readonly kind: 'organization'; readonly organization: OrganizationId }

const schema = defineEntity({
  name: 'AuditEntry',
  tableName: 'audit_entry',
  properties: (p) => ({
    id: p.uuid().primary(),
    organization: p.uuid().fieldName('organization_id'),
    at: p.datetime(3),
    act: p.uuid().strictNullable(),
    command: p.text().$type<CommandType>(),
    actor: p.json<AuditedActor>(),
    credential: p.text().strictNullable(),
    cause: p.json<Cause>().strictNullable(),
    refused: p.text().$type<ErrorCode>().strictNullable(),
    before: p.json<readonly Fact[]>(),
    after: p.json<readonly FactChange[]>(),
  }),
  checks: [
    { name: 'audit_entry_outcome_check', expression: 'num_nonnulls(act, refused) = 1' },
    { name: 'audit_entry_cause_check', expression: '(act is null) = (cause is null)' },
  ],
  indexes: [{ name: 'audit_entry_organization_index', properties: ['organization', 'id'] }],
  triggers: [
    {
      name: 'audit_entry_append_only',
      timing: 'before',
      events: ['update', 'delete'],
      forEach: 'statement',
      body: "raise exception 'the audit log is append-only' using errcode = 'restrict_violation';",
    },
  ],
})

/** One act, or one refused command, as one organization's audit log keeps it (U1, U3). */
export class AuditEntryEntity extends schema.class {}
schema.setClass(AuditEntryEntity)
