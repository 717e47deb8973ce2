import type { Instant, OrganizationId } from '@drawbridge/core'
import type { EntityManager } from '@mikro-orm/postgresql'
import { noId } from '../load/uuids.ts'

/** What stood when the locks were held: each organization's version, and the database's clock. */
export interface Heads {
  readonly versions: ReadonlyMap<OrganizationId, number>
  readonly now: Instant
}

/** Makes commands that concern the same organizations wait for each other. */
export type LockHeads = (em: EntityManager, organizations: readonly OrganizationId[]) => Promise<Heads>

/** Locks the heads of organizations, always in the same order; the clock is read once all are held. */
export const lockHeads: LockHeads = (em, organizations) => readHeads(em, organizations, 'for no key update')

/** Reads heads, with a locking clause or without. */
export async function readHeads(
  em: EntityManager,
  organizations: readonly OrganizationId[],
  clause: string,
): Promise<Heads> {
  const [row] = await em.execute<HeadsRow[]>(
    `with held as materialized (
       select organization_id, version from organization_head
       where organization_id in (?) order by organization_id ${clause}
     ), gathered as materialized (
       select coalesce(json_object_agg(organization_id, version), '{}') as versions from held
     )
     select versions, extract(epoch from clock_timestamp())::float8 * 1000 as now from gathered`,
    [[...organizations, noId]],
  )
  if (row === undefined) throw new Error('the heads query always answers one row')
  return { versions: new Map(Object.entries(row.versions)), now: new Date(Math.floor(row.now)).toISOString() }
}

interface HeadsRow {
  readonly versions: Record<OrganizationId, number>
  readonly now: number
}
