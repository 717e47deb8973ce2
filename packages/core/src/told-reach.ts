import type { OrganizationId } from './ids.ts'
import type { Reach } from './paths.ts'

/** Who asks about a member: an organization, or the member itself. */
export interface Asker {
  readonly organization: OrganizationId
  readonly isSelf: boolean
}

/**
 * What an asker may be told of how a member reaches a resource (A4). Its own organization is told everything.
 * The member itself, and another organization, are told nothing of shares that were not delegated; another
 * organization only what leads to its own resources, and otherwise not even that there is such a member.
 */
export function reachToldTo(
  { organization, isSelf }: Asker,
  reach: Reach,
  resourceOwner: OrganizationId | null,
): Reach | null {
  const isOwn = reach.member.organization === organization
  if (isOwn && !isSelf) return reach
  const isAdmin = reach.member.role === 'admin'
  const paths = reach.paths.filter((path) => path.via !== 'share' || isAdmin || path.delegation !== null)
  const isConcern = resourceOwner === organization && paths.length > 0
  return isOwn || isConcern ? { ...reach, paths } : null
}
