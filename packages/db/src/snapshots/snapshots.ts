import {
  FactSet,
  memberSnapshot,
  organizationSnapshot,
  type Fact,
  type Instant,
  type MemberId,
  type OrganizationId,
} from '@drawbridge/core'
import type { QueryRows, SnapshotPool } from '../connections/snapshot-pool.ts'
import { toMember, type MemberRow } from '../entities/member.ts'
import type { SelectFrom } from '../entities/select-from.ts'
import { storedFacts } from '../entities/stored-facts.ts'
import { isUuid } from '../load/uuids.ts'
import { createFactQueries, type FactQuery } from './fact-queries.ts'
import { adminViewQueries, memberViewQueries, organizationQueries } from './view-queries.ts'

/** Facts with the version of the organization that they belong to. */
export interface VersionedFacts {
  readonly version: number
  readonly facts: readonly Fact[]
}

/** Reads snapshots (V1), each in one snapshot of the database; what is unknown has no facts. */
export interface Snapshots {
  organizationSnapshot(organization: OrganizationId): Promise<VersionedFacts>
  memberSnapshot(member: MemberId): Promise<VersionedFacts>
}

/** SQL gathers candidates; which of them belong to a snapshot is decided by the rule in core alone. */
export function createSnapshots(pool: SnapshotPool, selectFrom: SelectFrom): Snapshots {
  const ofOrganization = organizationQueries(createFactQueries(selectFrom, 'organization_snapshot'))
  const ofAdmin = adminViewQueries(createFactQueries(selectFrom, 'admin_snapshot'))
  const ofMember = memberViewQueries(createFactQueries(selectFrom, 'member_snapshot'))
  const subject = {
    name: 'member_snapshot_subject',
    text: `select subject.*, coalesce(head.version, 0) as version,
             date_trunc('milliseconds', clock_timestamp()) as now
           from (${selectFrom(storedFacts.member, 'where id = $1')}) as subject
           left join organization_head as head on head.organization_id = subject.organization`,
  }

  return {
    organizationSnapshot(organization) {
      if (!isUuid(organization)) return Promise.resolve(unknown)
      return pool.inSnapshot(async (query) => {
        const [heads, facts] = await Promise.all([
          query<{ version: number }>(head, [organization]),
          gather(query, ofOrganization, organization),
        ])
        return { version: heads[0]?.version ?? 0, facts: [...organizationSnapshot(facts, organization)] }
      })
    },
    memberSnapshot(member) {
      if (!isUuid(member)) return Promise.resolve(unknown)
      return pool.inSnapshot(async (query) => {
        const [row] = await query<SubjectRow>(subject, [member])
        if (row === undefined) return unknown
        const { organization, role } = row
        const facts =
          role === 'admin'
            ? await gather(query, ofAdmin, organization)
            : await gather(query, ofMember, member)
        facts.put(toMember(row))
        const now: Instant = row.now.toISOString()
        return { version: row.version, facts: [...memberSnapshot(facts, member, now)] }
      })
    },
  }
}

const unknown: VersionedFacts = { version: 0, facts: [] }

const head = {
  name: 'snapshot_head',
  text: 'select version from organization_head where organization_id = $1',
}

type SubjectRow = MemberRow & { readonly version: number; readonly now: Date }

async function gather(query: QueryRows, queries: readonly FactQuery[], id: string): Promise<FactSet> {
  const found = await Promise.all(queries.map((read) => read(query, id)))
  return new FactSet(found.flat())
}
