import type { CauseType, FactChange } from '../change.ts'
import type { CommandInputs } from '../commands.ts'
import { DrawbridgeError } from '../errors.ts'
import type { FactSet } from '../fact-set.ts'
import type { Member, Organization } from '../facts.ts'
import type { MemberId } from '../ids.ts'
import { isExpired, resolveExpiration } from '../instant.ts'
import { drop, put } from './changes.ts'
import { requireAdmin, requireOwnMember, requirePersonalAdmin } from './require.ts'
import type { Actor, Context, Need, Outcome, Rule } from './rule.ts'

/** Makes a user a member; a user belongs to at most one organization (O1). */
export const addMember: Rule<CommandInputs['member.add']> = {
  needs: ({ user }) => [{ need: 'user', user }, { need: 'partners' }],
  apply(facts, { user, name, role }, context) {
    const organization = requirePersonalAdmin(facts, context)
    if (facts.members.by('user', user).length > 0) {
      throw new DrawbridgeError('ALREADY_IN_ORGANIZATION', 'the user belongs to an organization', {})
    }
    const member = newMember(organization, { user, externalId: null, name, role }, context)
    return outcome('membership.created', member, put(member))
  },
}

/** Makes a person known by `externalId` a member without a sign-in, never an admin; again: renames (O3). */
export const provisionMember: Rule<CommandInputs['member.provision']> = {
  needs: ({ externalId }) => [{ need: 'externalId', externalId }],
  apply(facts, { externalId, name }, context) {
    const organization = requireAdmin(facts, context)
    const existing = facts.members
      .by('externalId', externalId)
      .find((member) => member.organization === organization.id)
    const member: Member = existing
      ? { ...existing, name }
      : newMember(organization, { user: null, externalId, name, role: 'member' }, context)
    return outcome(existing ? 'membership.updated' : 'membership.created', member, put(member, existing))
  },
}

/** Makes a member admin or takes that away; delegations and assignments stay (O3, O6). */
export const setMemberRole: Rule<CommandInputs['member.setRole']> = {
  needs: ({ member }) => aboutMember(member),
  apply(facts, { member: id, role }, context) {
    const organization = requirePersonalAdmin(facts, context)
    const member = requireOwnMember(facts, id, organization)
    if (role === 'admin' && member.user === null) {
      throw new DrawbridgeError('INVALID_INPUT', 'a provisioned member is never an admin', { field: 'role' })
    }
    return update(facts, { type: 'membership.roleChanged', member, changed: { ...member, role } })
  },
}

/** Pauses a membership, which blocks everything in the organization at once (O4). */
export const pauseMember: Rule<CommandInputs['member.pause']> = {
  needs: ({ member }) => aboutMember(member),
  apply(facts, { member: id }, context) {
    const member = requireOwnMember(facts, id, requireAdmin(facts, context))
    const changed = { ...member, pausedAt: member.pausedAt ?? context.now }
    return update(facts, { type: 'membership.paused', member, changed })
  },
}

/** Resumes a membership with the assignments and delegations it had (O4). */
export const resumeMember: Rule<CommandInputs['member.resume']> = {
  needs: ({ member }) => aboutMember(member),
  apply(facts, { member: id }, context) {
    const member = requireOwnMember(facts, id, requireAdmin(facts, context))
    return update(facts, { type: 'membership.resumed', member, changed: { ...member, pausedAt: null } })
  },
}

/** Sets or clears when a membership ends; moving a lapsed one renews access (O6, C7). */
export const setMemberExpiration: Rule<CommandInputs['member.setExpiration']> = {
  needs: ({ member }) => aboutMember(member),
  apply(facts, { member: id, expiresAt: input }, context) {
    const organization = requireAdmin(facts, context)
    const member = requireOwnMember(facts, id, organization)
    const { now } = context
    const expiresAt = resolveExpiration(input, { timeZone: organization.timeZone, now })
    const type = isExpired(member.expiresAt, now) ? 'membership.renewed' : 'membership.expirationChanged'
    return update(facts, { type, member, changed: { ...member, expiresAt } })
  },
}

/** Removes a member with all assignments and delegations (O5). */
export const removeMember: Rule<CommandInputs['member.remove']> = {
  needs: ({ member }) => aboutMember(member),
  apply(facts, { member: id }, context) {
    const organization = requireAdmin(facts, context)
    return endMembership(facts, 'membership.removed', requireOwnMember(facts, id, organization))
  },
}

/** Leaves the own organization, also while paused or expired; rejoining starts clean (O5). */
export const leaveOrganization: Rule<CommandInputs['member.leave']> = {
  needs: (_, actor: Actor) => (actor.kind === 'member' ? aboutMember(actor.member) : []),
  apply(facts, _, { actor }) {
    const member = actor.kind === 'member' ? facts.members.get(actor.member) : undefined
    if (member === undefined)
      throw new DrawbridgeError('FORBIDDEN', 'only a member can leave', { scope: 'manage' })
    return endMembership(facts, 'membership.left', member)
  },
}

function newMember(
  organization: Organization,
  person: Pick<Member, 'user' | 'externalId' | 'name' | 'role'>,
  { newId }: Context,
): Member {
  return {
    type: 'member',
    id: newId(),
    organization: organization.id,
    ...person,
    pausedAt: null,
    expiresAt: null,
  }
}

function aboutMember(member: MemberId): readonly Need[] {
  return [{ need: 'memberContents', member }, { need: 'admins' }, { need: 'partners' }]
}

function update(
  facts: FactSet,
  { type, member, changed }: { type: CauseType; member: Member; changed: Member },
): Outcome {
  requireAdminRemains(facts, changed)
  return outcome(type, changed, put(changed, member))
}

function endMembership(facts: FactSet, type: CauseType, member: Member): Outcome {
  requireAdminRemains(facts, { ...member, role: 'member' })
  return outcome(
    type,
    member,
    drop([
      ...facts.assignments.by('member', member.id),
      ...facts.delegations.by('member', member.id),
      member,
    ]),
  )
}

/** Some admin's membership has to be active and without end (O6). */
function requireAdminRemains(facts: FactSet, changed: Member): void {
  const others = facts.members
    .by('organization', changed.organization)
    .filter((member) => member.id !== changed.id)
  if ([changed, ...others].some(isLastingAdmin)) return
  throw new DrawbridgeError('LAST_ADMIN', 'the organization would be left without an admin', {})
}

function isLastingAdmin({ role, pausedAt, expiresAt }: Member): boolean {
  return role === 'admin' && pausedAt === null && expiresAt === null
}

function outcome(type: CauseType, member: Member, facts: readonly FactChange[]): Outcome {
  return { cause: { type, by: member.organization, members: [member.id] }, facts, subjects: [member] }
}
