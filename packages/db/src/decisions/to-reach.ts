import type { Cooperation, Delegation, Member, Organization, Path, Reach, Share } from '@drawbridge/core'
import { toAssignment } from '../entities/assignment.ts'
import { toCooperation } from '../entities/cooperation.ts'
import { toDelegation } from '../entities/delegation.ts'
import { toMember } from '../entities/member.ts'
import { toOrganization } from '../entities/organization.ts'
import { toShare } from '../entities/share.ts'
import type { PathRow } from './path-query.ts'

/** A member with its paths to one resource, of which each row carries at most one. */
export function toReach(first: PathRow, rows: readonly PathRow[]): Reach {
  const member = memberOf(first)
  const paths: Path[] = []
  if (first.resource_owner === member.organization && member.role === 'admin') {
    paths.push({ via: 'administration' })
  }
  for (const row of rows) addPath(paths, row, member)
  return { member, organization: organizationOf(first), paths }
}

function addPath(paths: Path[], row: PathRow, { organization, id: member }: Member): void {
  if (row.a_id !== null) {
    const { a_id: id, park, portfolio, a_role: role } = row
    const assignment = toAssignment({ id, organization, member, park, portfolio, role })
    paths.push({ via: 'assignment', assignment })
  }
  if (row.s_id === null) return
  const share = shareOf(row.s_id, row, organization)
  const delegation = delegationOf(row, { organization, member, share: share.id })
  paths.push({ via: 'share', share, cooperation: cooperationOf(row), owner: ownerOf(row), delegation })
}

function memberOf(row: PathRow): Member {
  return toMember({
    id: row.m_id,
    organization: row.m_organization,
    user: row.m_user,
    externalId: row.m_external_id,
    name: row.m_name,
    role: row.m_role,
    pausedAt: row.m_paused_at,
    expiresAt: row.m_expires_at,
  })
}

function organizationOf(row: PathRow): Organization {
  return toOrganization({
    id: row.m_organization,
    name: row.o_name,
    identifier: row.o_identifier,
    status: row.o_status,
    timeZone: row.o_time_zone,
  })
}

function ownerOf(row: PathRow): Organization {
  return toOrganization({
    id: row.w_id,
    name: row.w_name,
    identifier: row.w_identifier,
    status: row.w_status,
    timeZone: row.w_time_zone,
  })
}

function shareOf(id: string, row: PathRow, receiver: string): Share {
  return toShare({
    id,
    cooperation: row.c_id,
    owner: row.w_id,
    receiver,
    park: row.park,
    portfolio: row.portfolio,
    role: row.s_role,
    pausedAt: row.s_paused_at,
    expiresAt: row.s_expires_at,
  })
}

function cooperationOf(row: PathRow): Cooperation {
  return toCooperation({
    id: row.c_id,
    initiator: row.c_initiator,
    invitee: row.c_invitee,
    state: row.c_state,
    pausedAt: row.c_paused_at,
    expiresAt: row.c_expires_at,
  })
}

function delegationOf(
  { d_id: id, d_role: role, d_expires_at: expiresAt }: PathRow,
  between: Pick<Delegation, 'organization' | 'member' | 'share'>,
): Delegation | null {
  return id === null ? null : toDelegation({ id, ...between, role, expiresAt })
}
