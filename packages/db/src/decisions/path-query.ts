import type { Cooperation, Id, Member, Organization, Role, ShareableRole } from '@drawbridge/core'
import type { Statement } from '../connections/pipelined.ts'

/** Loads the paths of all questions at once; parameters are arrays of members, parks and portfolios, then the asker. */
export const pathsOfMany: Statement = {
  name: 'paths_of_many',
  text: pathQuery('unnest($1::uuid[], $2::uuid[], $3::uuid[]) with ordinality'),
}

/** The same for a single question, with single values. */
export const pathsOfOne: Statement = {
  name: 'paths_of_one',
  text: pathQuery('(values ($1::uuid, $2::uuid, $3::uuid, 1))'),
}

/** One path of one question, or a question with no path at all; nothing here knows what is open. */
export interface PathRow {
  readonly now: Date
  readonly version: number
  /** Counts questions from 1; null when no question's member is known. */
  readonly n: number | null
  readonly m_id: Id
  readonly m_organization: Id
  readonly m_user: string | null
  readonly m_external_id: string | null
  readonly m_name: string
  readonly m_role: Member['role']
  readonly m_paused_at: Date | null
  readonly m_expires_at: Date | null
  readonly o_name: string
  readonly o_identifier: string | null
  readonly o_status: Organization['status']
  readonly o_time_zone: string
  /** Null for a resource that is not there. */
  readonly resource_owner: Id | null
  /** What the assignment or share of this path is on. */
  readonly park: Id | null
  readonly portfolio: Id | null
  readonly a_id: Id | null
  readonly a_role: Role
  readonly s_id: Id | null
  readonly s_role: ShareableRole
  readonly s_paused_at: Date | null
  readonly s_expires_at: Date | null
  readonly c_id: Id
  readonly c_initiator: Id
  readonly c_invitee: Id
  readonly c_state: Cooperation['state']
  readonly c_paused_at: Date | null
  readonly c_expires_at: Date | null
  readonly w_id: Id
  readonly w_name: string
  readonly w_identifier: string | null
  readonly w_status: Organization['status']
  readonly w_time_zone: string
  readonly d_id: Id | null
  readonly d_role: ShareableRole
  readonly d_expires_at: Date | null
}

function pathQuery(questions: string): string {
  return `
    select clock.now, clock.version, asked.n::int,
      m.id as m_id, m.organization_id as m_organization, m.user_id as m_user, m.external_id as m_external_id,
      m.name as m_name, m.role as m_role, m.paused_at as m_paused_at, m.expires_at as m_expires_at,
      o.name as o_name, o.identifier as o_identifier, o.status as o_status, o.time_zone as o_time_zone,
      coalesce(
        (select organization_id from park where id = asked.park_id),
        (select organization_id from portfolio where id = asked.portfolio_id)
      ) as resource_owner,
      path.a_id, path.a_role, path.s_id, path.s_role, path.s_paused_at, path.s_expires_at, path.park, path.portfolio,
      c.id as c_id, c.initiator_id as c_initiator, c.invitee_id as c_invitee,
      c.state as c_state, c.paused_at as c_paused_at, c.expires_at as c_expires_at,
      w.id as w_id, w.name as w_name, w.identifier as w_identifier, w.status as w_status, w.time_zone as w_time_zone,
      d.id as d_id, d.role as d_role, d.expires_at as d_expires_at
    from (
      select date_trunc('milliseconds', clock_timestamp()) as now,
        coalesce((select version from organization_head where organization_id = $4), 0) as version
    ) as clock
    left join (
      ${questions} as asked (member_id, park_id, portfolio_id, n)
      join member as m on m.id = asked.member_id
      join organization as o on o.id = m.organization_id
      cross join lateral (
        select asked.park_id, asked.portfolio_id
        union all
        select null, portfolio_id from portfolio_entry where park_id = asked.park_id
      ) as covering
    ) on true
    left join lateral (
      ${assignmentsOn('park')}
      union all ${assignmentsOn('portfolio')}
      union all ${sharesOf('park')}
      union all ${sharesOf('portfolio')}
    ) as path on true
    left join cooperation as c on c.id = path.cooperation_id
    left join organization as w on w.id = path.owner_id
    left join delegation as d on d.share_id = path.s_id and d.member_id = m.id`
}

function assignmentsOn(type: 'park' | 'portfolio'): string {
  return `select park_id as park, portfolio_id as portfolio, id as a_id, role as a_role,
      null::uuid as s_id, null as s_role, null::timestamptz as s_paused_at, null::timestamptz as s_expires_at,
      null::uuid as cooperation_id, null::uuid as owner_id
    from assignment where member_id = m.id and ${type}_id = covering.${type}_id`
}

function sharesOf(type: 'park' | 'portfolio'): string {
  return `select park_id, portfolio_id, null, null, id, role, paused_at, expires_at, cooperation_id, owner_id
    from share where ${type}_id = covering.${type}_id and receiver_id = m.organization_id`
}
