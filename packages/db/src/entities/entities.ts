import { AuditEntryEntity } from './audit-entry.ts'
import { ChangeLogEntryEntity } from './change-log-entry.ts'
import { InstallationEntity } from './installation.ts'
import { OrganizationHeadEntity } from './organization-head.ts'
import { storedFacts } from './stored-facts.ts'

/** Everything that this package keeps in the schema `public`. */
export const entities = [
  ...Object.values(storedFacts).map(({ entity }) => entity),
  OrganizationHeadEntity,
  ChangeLogEntryEntity,
  AuditEntryEntity,
  InstallationEntity,
]
