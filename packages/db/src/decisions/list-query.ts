import type { Id, Resource } from '@drawbridge/core'
import type { Statement } from '../connections/pipelined.ts'

/** A resource that a member may reach, in the order of name and id. */
export interface ResourceCandidate {
  readonly type: Resource['type']
  readonly id: Id
  readonly name: string
  readonly external_id: string | null
  readonly owner_id: Id
  readonly owner_name: string
}

type Types = Resource['type'] | 'all'

/** What an admin may reach: all that the organization `$1` owns or received. */
export function adminCandidates(types: Types): Statement {
  const portfolios = 'select portfolio_id from share where receiver_id = $1 and portfolio_id is not null'
  const parks = `select park_id from share where receiver_id = $1 and park_id is not null
    union all select park_id from portfolio_entry where portfolio_id in (${portfolios})`
  return candidates(`admin_${types}`, [
    ...branches(types, 'park', ['organization_id = $1', `id in (${parks})`]),
    ...branches(types, 'portfolio', ['organization_id = $1', `id in (${portfolios})`]),
  ])
}

/** What a member below admin may reach: all that the member `$1` was assigned or delegated. */
export function memberCandidates(types: Types): Statement {
  const shares = 'select share_id from delegation where member_id = $1'
  const portfolios = `select portfolio_id from assignment where member_id = $1 and portfolio_id is not null
    union all select portfolio_id from share where portfolio_id is not null and id in (${shares})`
  const parks = `select park_id from assignment where member_id = $1 and park_id is not null
    union all select park_id from share where park_id is not null and id in (${shares})
    union all select park_id from portfolio_entry where portfolio_id in (${portfolios})`
  return candidates(`member_${types}`, [
    ...branches(types, 'park', [`id in (${parks})`]),
    ...branches(types, 'portfolio', [`id in (${portfolios})`]),
  ])
}

/** Each condition is walked in the order of its own index, and gives up no more rows than the page takes. */
function branches(types: Types, type: Resource['type'], conditions: readonly string[]): readonly string[] {
  if (types !== 'all' && types !== type) return []
  return conditions.map(
    (condition) => `(
      select '${type}' as type, id, name, external_id, organization_id from ${type}
      where ${condition} and (name, id) > ($2, $3::uuid) order by name, id limit $4
    )`,
  )
}

function candidates(name: string, parts: readonly string[]): Statement {
  return {
    name: `candidates_${name}`,
    text: `select found.type, found.id, found.name, found.external_id,
             owner.id as owner_id, owner.name as owner_name
           from (${parts.join(' union all ')}) as found
           join organization as owner on owner.id = found.organization_id
           order by found.name, found.id limit $4`,
  }
}
