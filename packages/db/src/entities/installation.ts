import { defineEntity } from '@mikro-orm/core'

const schema = defineEntity({
  name: 'Installation',
  tableName: 'installation',
  properties: (p) => ({
    epoch: p.uuid().primary().defaultRaw('gen_random_uuid()'),
    sole: p.boolean().default(true).unique('installation_sole_unique'),
  }),
  checks: [{ name: 'installation_sole_check', expression: 'sole' }],
})

/** The one row that names this database's history. */
export class InstallationEntity extends schema.class {}
schema.setClass(InstallationEntity)
