import type { Cause, Change, FactChange, Instant, OrganizationId } from '@drawbridge/core'
import type { Pipelined } from '../connections/pipelined.ts'

/** One proving read of the change log. */
export interface Poll {
  readonly now: Instant
  readonly heads: ReadonlyMap<OrganizationId, number>
  readonly changes: ReadonlyMap<OrganizationId, readonly Change[]>
}

/** How many changes of one organization a poll answers at most. */
export const pollLimit = 200

/** Reads what came after each cursor, all organizations at once and in one state of the database. */
export async function pollChanges(
  connection: Pipelined,
  cursors: ReadonlyMap<OrganizationId, number>,
): Promise<Poll> {
  const rows = await connection.query<PollRow>(poll, [[...cursors.keys()], [...cursors.values()]])
  const heads = new Map<OrganizationId, number>()
  const changes = new Map<OrganizationId, Change[]>()
  let now = ''
  for (const row of rows) {
    now = row.now.toISOString()
    if (row.organization === null) continue
    heads.set(row.organization, row.head)
    const ofOrganization = changes.get(row.organization) ?? []
    changes.set(row.organization, ofOrganization)
    if (row.version !== null) ofOrganization.push(toChange(row))
  }
  return { now, heads, changes }
}

const poll = {
  name: 'poll_changes',
  // The clock comes first, so that even a poll about nothing proves that the database answers.
  text: `select clock.now, cursor.organization, coalesce(head.version, 0) as head,
           log.version, log.act, log.at, log.cause, log.facts
         from (select date_trunc('milliseconds', clock_timestamp()) as now) as clock
         left join unnest($1::uuid[], $2::bigint[]) as cursor(organization, version) on true
         left join organization_head as head on head.organization_id = cursor.organization
         left join lateral (
           select * from change_log
           where change_log.organization_id = cursor.organization and change_log.version > cursor.version
           order by change_log.version limit ${pollLimit}
         ) as log on true
         order by cursor.organization, log.version`,
}

type PollRow = { readonly now: Date; readonly organization: OrganizationId | null; readonly head: number } & (
  | {
      readonly version: number
      readonly act: string
      readonly at: Date
      readonly cause: Cause
      readonly facts: readonly FactChange[]
    }
  | { readonly version: null }
)

function toChange(row: Extract<PollRow, { version: number }>): Change {
  const { version, act, at, cause, facts } = row
  return { version, act, at: at.toISOString(), cause, facts }
}
