import {
  decideOver,
  type Action,
  type Id,
  type Instant,
  type MemberId,
  type OrganizationId,
  type Resource,
  type Role,
} from '@drawbridge/core'
import type { Pipelined } from '../connections/pipelined.ts'
import { isUuid } from '../load/uuids.ts'
import type { Page, PageOf } from '../pages/page.ts'
import { fillPage } from './fill-page.ts'
import { loadReaches } from './reaches.ts'

/** A member that reaches a resource now. */
export interface ReachingMember {
  readonly member: { readonly id: MemberId; readonly name: string; readonly externalId: string | null }
  readonly organization: { readonly id: OrganizationId; readonly name: string }
  readonly actions: readonly Action[]
  readonly role: Role
  readonly validUntil: Instant | null
}

/**
 * The members that reach a resource now, by name and id: of any organization for its owner, its own for one that
 * received it; null for everyone else.
 */
export async function whoReaches(
  connection: Pipelined,
  { organization, resource }: { readonly organization: OrganizationId; readonly resource: Resource },
  page: Page,
): Promise<PageOf<ReachingMember> | null> {
  if (!isUuid(resource.id)) return null
  const ids = resource.type === 'park' ? [resource.id, null] : [null, resource.id]
  const [standing] = await connection.query<StandingRow>(standingOf, [...ids, organization])
  if (standing === undefined || !(standing.owns || standing.receives)) return null
  return fillPage(
    page,
    ({ name, id }, limit) =>
      connection.query<CandidateRow>(candidates, [
        ...ids,
        standing.owns ? null : organization,
        name,
        id,
        limit,
      ]),
    async (rows) => {
      if (rows.length === 0) return []
      const targets = rows.map(({ id }) => ({ member: id, resource }))
      const { reached, now, version } = await loadReaches(connection, targets, organization)
      return rows.map((row, index) => {
        const { allowed, actions, role, validUntil } = decideOver(reached[index]?.reach ?? null, 'view', {
          now,
          version,
        })
        return allowed && role !== null ? { ...toMember(row), actions, role, validUntil } : null
      })
    },
  )
}

interface StandingRow {
  readonly owns: boolean
  readonly receives: boolean
}

interface CandidateRow {
  readonly id: Id
  readonly name: string
  readonly external_id: string | null
  readonly organization_id: Id
  readonly organization_name: string
}

const covering = `select $2::uuid union all select portfolio_id from portfolio_entry where park_id = $1`
const shares = `select id from share where park_id = $1
  union all select id from share where portfolio_id in (${covering})`
const owner = `select organization_id from park where id = $1
  union all select organization_id from portfolio where id = $2`

const standingOf = {
  name: 'who_standing',
  text: `select coalesce($3::uuid in (${owner}), false) as owns,
           exists (select from share where receiver_id = $3 and id in (${shares})) as receives
         where $1::uuid is not null or $2::uuid is not null`,
}

const candidates = {
  name: 'who_candidates',
  text: `select m.id, m.name, m.external_id, o.id as organization_id, o.name as organization_name
         from member as m join organization as o on o.id = m.organization_id
         where m.id in (
           select id from member where role = 'admin' and organization_id in (${owner})
           union all select member_id from assignment where park_id = $1
           union all select member_id from assignment where portfolio_id in (${covering})
           union all select id from member where role = 'admin'
             and organization_id in (select receiver_id from share where id in (${shares}))
           union all select member_id from delegation where share_id in (${shares})
         )
         and ($3::uuid is null or m.organization_id = $3)
         and (m.name, m.id) > ($4, $5::uuid)
         order by m.name, m.id limit $6`,
}

function toMember({ id, name, external_id, organization_id, organization_name }: CandidateRow) {
  return {
    member: { id, name, externalId: external_id },
    organization: { id: organization_id, name: organization_name },
  }
}
