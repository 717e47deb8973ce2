import type { FactSet } from './fact-set.ts'
import type { Assignment, Cooperation, Delegation, Member, Organization, Resource, Share } from './facts.ts'

/** One way by which a member reaches a resource, as the facts along it (semantics.md, Words). */
export type Path =
  | { readonly via: 'administration' }
  | { readonly via: 'assignment'; readonly assignment: Assignment }
  | {
      readonly via: 'share'
      readonly share: Share
      readonly cooperation: Cooperation
      readonly owner: Organization
      readonly delegation: Delegation | null
    }

/** A member, its organization, and all its paths to one resource, open or closed. */
export interface Reach {
  readonly member: Member
  readonly organization: Organization
  readonly paths: readonly Path[]
}

/** All paths of a member to a resource; null for a member that the facts do not know. */
export function reachOf(facts: FactSet, memberId: string, resource: Resource): Reach | null {
  const member = facts.members.get(memberId)
  const organization = member && facts.organizations.get(member.organization)
  if (member === undefined || organization === undefined) return null
  return {
    member,
    organization,
    paths: [...ownPaths(facts, member, resource), ...sharedPaths(facts, member, resource)],
  }
}

function* ownPaths(facts: FactSet, member: Member, resource: Resource): Iterable<Path> {
  if (facts.resource(resource)?.organization !== member.organization) return
  if (member.role === 'admin') yield { via: 'administration' }
  for (const id of facts.coveringIds(resource)) {
    for (const assignment of facts.assignments.by('resource', id)) {
      if (assignment.member === member.id) yield { via: 'assignment', assignment }
    }
  }
}

function* sharedPaths(facts: FactSet, member: Member, resource: Resource): Iterable<Path> {
  const standing = facts.resource(resource)
  for (const id of facts.coveringIds(resource)) {
    for (const share of facts.shares.by('resource', id)) {
      if (share.receiver !== member.organization || share.owner !== standing?.organization) continue
      const cooperation = facts.cooperations.get(share.cooperation)
      const owner = facts.organizations.get(share.owner)
      if (cooperation === undefined || owner === undefined) continue
      const delegation = facts.delegations.by('share', share.id).find(({ member: id }) => id === member.id)
      yield { via: 'share', share, cooperation, owner, delegation: delegation ?? null }
    }
  }
}
