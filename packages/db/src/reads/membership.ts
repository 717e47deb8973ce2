import type { Instant, Member, Organization, UserId } from '@drawbridge/core'
import type { Pipelined } from '../connections/pipelined.ts'
import { toMember, type MemberRow } from '../entities/member.ts'
import { toOrganization } from '../entities/organization.ts'
import type { SelectFrom } from '../entities/select-from.ts'
import { storedFacts } from '../entities/stored-facts.ts'

/** A user's place in an organization. */
export interface Membership {
  readonly member: Member
  readonly organization: Organization
  /** The database's clock when this was read: it decides whether the membership is open (C7). */
  readonly now: Instant
}

/** Finds a user's place in its organization; every request asks, so the statement is prepared. */
export type FindMembership = (user: UserId) => Promise<Membership | null>

type MembershipRow = MemberRow & {
  readonly now: Date
  readonly organizationName: string
  readonly identifier: string | null
  readonly status: Organization['status']
  readonly timeZone: string
}

export function createFindMembership(connection: Pipelined, selectFrom: SelectFrom): FindMembership {
  const statement = {
    name: 'membership_of_user',
    text: `select own.*, date_trunc('milliseconds', clock_timestamp()) as now,
             organization.name as "organizationName", organization.identifier, organization.status,
             organization.time_zone as "timeZone"
           from (${selectFrom(storedFacts.member, 'where user_id = $1')}) as own
           join organization on organization.id = own.organization`,
  }
  return async (user) => {
    const [row] = await connection.query<MembershipRow>(statement, [user])
    if (row === undefined) return null
    const { organization: id, organizationName: name, identifier, status, timeZone } = row
    return {
      member: toMember(row),
      organization: toOrganization({ id, name, identifier, status, timeZone }),
      now: row.now.toISOString(),
    }
  }
}
