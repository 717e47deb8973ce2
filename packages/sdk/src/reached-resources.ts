import {
  decideOver,
  reachOf,
  type Action,
  type FactSet,
  type Instant,
  type MemberId,
  type OrganizationId,
  type Path,
  type Reach,
  type Resource,
  type Role,
  type ShareId,
} from '@drawbridge/core'
import { allResources } from './touched.ts'

/** A resource that a member reaches now, as in `access.list`. */
export interface ReachedResource {
  readonly resource: Resource
  readonly name: string
  readonly externalId: string | null
  readonly owner: { readonly id: OrganizationId; readonly name: string }
  readonly actions: readonly Action[]
  readonly role: Role
  /** The open paths, each with its role and, for a share, its id. */
  readonly paths: readonly {
    readonly via: Path['via']
    readonly share?: ShareId
    readonly role: Role
  }[]
  readonly validUntil: Instant | null
}

export interface ListFilter {
  readonly type?: Resource['type']
  /** Only resources on which the member may do this; without it `view`. */
  readonly action?: Action
}

/** The resources that a member reaches at an instant, by name. */
export function listReached(
  facts: FactSet,
  { member, type, action = 'view' }: ListFilter & { readonly member: MemberId },
  at: { readonly now: Instant; readonly version: number },
): readonly ReachedResource[] {
  const reached: ReachedResource[] = []
  for (const resource of allResources(facts).values()) {
    if (type !== undefined && resource.type !== type) continue
    const reach = reachOf(facts, member, resource)
    const named = facts.resource(resource)
    const owner = named && facts.organizations.get(named.organization)
    if (reach === null || named === undefined || owner === undefined) continue
    const { allowed, actions, role, validUntil } = decideOver(reach, action, at)
    if (!allowed || role === null) continue
    reached.push({
      resource,
      name: named.name,
      externalId: named.externalId,
      owner: { id: owner.id, name: owner.name },
      actions,
      role,
      paths: reach.paths.flatMap((path) => openPath(reach, path, at)),
      validUntil,
    })
  }
  return reached.toSorted((a, b) => compare(a.name, b.name) || compare(a.resource.id, b.resource.id))
}

/** A path with its role, if it is open: the decision over it alone. */
function openPath(
  reach: Reach,
  path: Path,
  at: { readonly now: Instant; readonly version: number },
): ReachedResource['paths'] {
  const { role } = decideOver({ ...reach, paths: [path] }, 'view', at)
  if (role === null) return []
  return [{ via: path.via, ...(path.via === 'share' && { share: path.share.id }), role }]
}

function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
