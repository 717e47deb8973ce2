import { defineEntity } from '@mikro-orm/core'

const schema = defineEntity({
  name: 'OrganizationHead',
  tableName: 'organization_head',
  properties: (p) => ({
    // No foreign key: versions go on, and the log stays, when the organization is gone.
    organization: p.uuid().fieldName('organization_id').primary(),
    version: p.bigint('number').default(0),
  }),
})

/** The version of an organization, and what a command locks (V3). */
export class OrganizationHeadEntity extends schema.class {}
schema.setClass(OrganizationHeadEntity)
