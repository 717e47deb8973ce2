import { DrawbridgeError, notFound } from '../errors.ts'
import type { FactSet } from '../fact-set.ts'
import type { Member, Organization, Resource } from '../facts.ts'
import type { MemberId } from '../ids.ts'
import { requireOpenMembership } from '../membership.ts'
import type { Context } from './rule.ts'

/** The acting organization, once its member is known to be an active admin, or a key acts for it (C3, O4). */
export function requireAdmin(facts: FactSet, { actor, now }: Context): Organization {
  if (actor.kind === 'user') throw notAdmin()
  const organization = facts.organizations.get(actor.organization)
  if (organization === undefined) throw notFound('organization')
  if (actor.kind === 'member') {
    const member = facts.members.get(actor.member)
    if (member === undefined) throw notAdmin()
    requireOpenMembership(member, now)
    if (member.role !== 'admin') throw notAdmin()
  }
  return organization
}

/** As `requireAdmin`, for what no key may do (C3). */
export function requirePersonalAdmin(facts: FactSet, context: Context): Organization {
  if (context.actor.kind === 'key') {
    throw new DrawbridgeError('FORBIDDEN', 'no API key can do this', { scope: 'manage' })
  }
  return requireAdmin(facts, context)
}

/** A member of the acting organization. */
export function requireOwnMember(facts: FactSet, id: MemberId, organization: Organization): Member {
  const member = facts.members.get(id)
  if (member === undefined || member.organization !== organization.id) throw notFound('member')
  return member
}

/** A resource that the organization owns: `NOT_OWNER` for one that it received, else `NOT_FOUND` (S3, A4). */
export function requireOwnResource(facts: FactSet, resource: Resource, { id }: Organization) {
  const found = facts.resource(resource)
  if (found?.organization === id) return found
  const isReceived = facts
    .coveringIds(resource)
    .some((covering) => facts.shares.by('resource', covering).some((share) => share.receiver === id))
  if (isReceived)
    throw new DrawbridgeError('NOT_OWNER', `the ${resource.type} belongs to another organization`, {})
  throw notFound(resource.type)
}

function notAdmin(): DrawbridgeError<'NOT_ADMIN'> {
  return new DrawbridgeError('NOT_ADMIN', 'only an admin of the organization can do this', {})
}
