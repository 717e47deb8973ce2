import {
  decideOver,
  type Action,
  type Id,
  type Instant,
  type Member,
  type MemberId,
  type OrganizationId,
  type Reach,
  type Resource,
  type Role,
  type ShareId,
} from '@drawbridge/core'
import type { Pipelined } from '../connections/pipelined.ts'
import { isUuid } from '../load/uuids.ts'
import type { Page, PageOf } from '../pages/page.ts'
import { fillPage } from './fill-page.ts'
import { adminCandidates, memberCandidates, type ResourceCandidate } from './list-query.ts'
import { loadReaches } from './reaches.ts'

/** A resource that a member reaches now. */
export interface ReachedResource {
  readonly resource: Resource
  readonly name: string
  readonly externalId: string | null
  readonly owner: { readonly id: OrganizationId; readonly name: string }
  readonly actions: readonly Action[]
  readonly role: Role
  /** The open paths, each with its role and, for a share, its id. */
  readonly paths: readonly ReachedPath[]
  readonly validUntil: Instant | null
}

export interface ReachedPath {
  readonly via: 'administration' | 'assignment' | 'share'
  readonly share?: ShareId
  readonly role: Role
}

export interface ListFilter {
  readonly type?: Resource['type'] | undefined
  /** `view` if not given. */
  readonly action?: Action | undefined
}

/** The resources that a member reaches now, by name and id; nothing for an unknown member. */
export async function listReached(
  connection: Pipelined,
  { member, type, action = 'view' }: { readonly member: MemberId } & ListFilter,
  page: Page,
): Promise<PageOf<ReachedResource>> {
  const [who] = isUuid(member) ? await connection.query<MemberRow>(memberById, [member]) : []
  if (who === undefined) return { items: [], nextCursor: null }
  const isAdmin = who.role === 'admin'
  const statement = (isAdmin ? adminStatements : memberStatements)[type ?? 'all']
  const subject = isAdmin ? who.organization_id : member
  return fillPage(
    page,
    ({ name, id }, limit) => connection.query<ResourceCandidate>(statement, [subject, name, id, limit]),
    async (candidates) => {
      const targets = candidates.map((candidate) => ({ member, resource: toResource(candidate) }))
      if (targets.length === 0) return []
      const { reached, ...at } = await loadReaches(connection, targets, who.organization_id)
      return candidates.map((candidate, index) =>
        toReachedResource(candidate, reached[index]?.reach, { action, at }),
      )
    },
  )
}

interface MemberRow {
  readonly organization_id: Id
  readonly role: Member['role']
}

const memberById = { name: 'member_by_id', text: 'select organization_id, role from member where id = $1' }

const adminStatements = {
  all: adminCandidates('all'),
  park: adminCandidates('park'),
  portfolio: adminCandidates('portfolio'),
}

const memberStatements = {
  all: memberCandidates('all'),
  park: memberCandidates('park'),
  portfolio: memberCandidates('portfolio'),
}

interface Wanted {
  readonly action: Action
  readonly at: { readonly now: Instant; readonly version: number }
}

function toReachedResource(
  candidate: ResourceCandidate,
  reach: Reach | undefined,
  { action, at }: Wanted,
): ReachedResource | null {
  if (reach === undefined) return null
  const { allowed, actions, role, validUntil } = decideOver(reach, action, at)
  if (!allowed || role === null) return null
  const paths = reach.paths.flatMap((path): readonly ReachedPath[] => {
    // A path is open when it alone gives something.
    const alone = decideOver({ ...reach, paths: [path] }, action, at)
    if (alone.role === null) return []
    return [{ via: path.via, role: alone.role, ...(path.via === 'share' && { share: path.share.id }) }]
  })
  return {
    resource: toResource(candidate),
    name: candidate.name,
    externalId: candidate.external_id,
    owner: { id: candidate.owner_id, name: candidate.owner_name },
    actions,
    role,
    paths,
    validUntil,
  }
}

function toResource({ type, id }: ResourceCandidate): Resource {
  return { type, id }
}
