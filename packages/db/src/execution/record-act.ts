import type { ActId, Actor, CommandType, Instant, OrganizationId, Told } from '@drawbridge/core'
import type { EntityManager } from '@mikro-orm/postgresql'
import { AuditEntryEntity } from '../entities/audit-entry.ts'
import { ChangeLogEntryEntity } from '../entities/change-log-entry.ts'
import { newId } from './new-id.ts'

/** Who acted, by which session or key. */
export interface By {
  readonly actor: Actor
  readonly credential: string
}

/** An act as it is recorded. */
export interface RecordedAct {
  readonly act: ActId
  readonly at: Instant
  readonly command: CommandType
  readonly by: By
  /** The acting organization. */
  readonly organization: OrganizationId
  readonly told: readonly Told[]
}

/** Appends an act to the change log and the audit log of each organization that is told; answers their new versions. */
export async function recordAct(
  em: EntityManager,
  recorded: RecordedAct,
): Promise<ReadonlyMap<OrganizationId, number>> {
  const { act, told } = recorded
  const at = new Date(recorded.at)
  const versions = await raiseVersions(
    em,
    told.map(({ organization }) => organization),
  )
  const entries = told.map(({ organization, cause, facts }) => ({
    organization,
    version: versions.get(organization) ?? 0,
    act,
    at,
    cause,
    facts,
  }))
  if (entries.length > 0) await em.insertMany(ChangeLogEntryEntity, entries)
  await em.insertMany(AuditEntryEntity, auditOf(recorded, at))
  return versions
}

async function raiseVersions(
  em: EntityManager,
  organizations: readonly OrganizationId[],
): Promise<ReadonlyMap<OrganizationId, number>> {
  if (organizations.length === 0) return new Map()
  const rows = await em.execute<{ organization: OrganizationId; version: number }[]>(
    `insert into organization_head as head (organization_id, version)
     select id, 1 from unnest(array[?]::uuid[]) as told(id)
     on conflict (organization_id) do update set version = head.version + 1
     returning organization_id as organization, version::float8 as version`,
    [organizations.toSorted()],
  )
  return new Map(rows.map(({ organization, version }) => [organization, version]))
}

function auditOf({ act, command, by, organization: acting, told }: RecordedAct, at: Date) {
  const isTold = told.some(({ organization }) => organization === acting)
  const nothing = isTold
    ? []
    : [{ organization: acting, cause: told[0]?.cause ?? null, facts: [], before: [] }]
  return [...told, ...nothing].map(({ organization, cause, facts, before }) => ({
    id: newId(),
    organization,
    at,
    act,
    command,
    // Who it was concerns the own organization alone (U2).
    actor: organization === acting ? by.actor : ({ kind: 'organization', organization: acting } as const),
    credential: organization === acting ? by.credential : null,
    cause,
    refused: null,
    before,
    after: facts,
  }))
}
