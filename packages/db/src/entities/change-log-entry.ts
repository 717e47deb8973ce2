import type { Cause, FactChange } from '@drawbridge/core'
import { defineEntity } from '@mikro-orm/core'

const schema = defineEntity({
  name: 'ChangeLogEntry',
  tableName: 'change_log',
  properties: (p) => ({
    organization: p.uuid().fieldName('organization_id').primary(),
    version: p.bigint('number').primary(),
    act: p.uuid(),
    at: p.datetime(3),
    cause: p.json<Cause>(),
    facts: p.json<readonly FactChange[]>(),
  }),
  indexes: [{ name: 'change_log_act_index', properties: ['act'] }],
})

/** What one act did to one organization's snapshot (V2). */
export class ChangeLogEntryEntity extends schema.class {}
schema.setClass(ChangeLogEntryEntity)
