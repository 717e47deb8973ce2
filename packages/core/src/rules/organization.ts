import { DrawbridgeError } from '../errors.ts'
import type { Member, Organization } from '../facts.ts'
import { isTimeZone } from '../instant.ts'
import type { CommandInputs } from '../commands.ts'
import { drop, put } from './changes.ts'
import { requireAdmin, requirePersonalAdmin } from './require.ts'
import type { Rule } from './rule.ts'

const defaultTimeZone = 'UTC'

/** Creates an organization; whoever creates it is its first admin (O1). */
export const createOrganization: Rule<CommandInputs['organization.create']> = {
  needs: (_, actor) => (actor.kind === 'user' ? [{ need: 'user', user: actor.user }] : []),
  apply(facts, { name, identifier, timeZone = defaultTimeZone }, { actor, newId }) {
    if (actor.kind !== 'user' || facts.members.by('user', actor.user).length > 0) {
      throw new DrawbridgeError('ALREADY_IN_ORGANIZATION', 'the user belongs to an organization', {})
    }
    requireTimeZone(timeZone)
    const organization: Organization = {
      type: 'organization',
      id: newId(),
      name,
      identifier,
      status: 'registered',
      timeZone,
    }
    const member: Member = {
      type: 'member',
      id: newId(),
      organization: organization.id,
      user: actor.user,
      externalId: null,
      name: actor.name,
      role: 'admin',
      pausedAt: null,
      expiresAt: null,
    }
    return {
      cause: { type: 'organization.created', by: organization.id, members: [member.id] },
      facts: [...put(organization), ...put(member)],
      subjects: [organization, member],
    }
  },
}

/** Renames an organization or moves it to another time zone; its partners see the new name. */
export const updateOrganization: Rule<CommandInputs['organization.update']> = {
  needs: () => [{ need: 'partners' }],
  apply(facts, input, context) {
    const organization = requireAdmin(facts, context)
    const updated = { ...organization, ...input }
    requireTimeZone(updated.timeZone)
    return {
      cause: { type: 'organization.updated', by: organization.id },
      facts: put(updated, organization),
      subjects: [updated],
    }
  },
}

/** Removes an organization with all it owns and every cooperation it is in (O8). */
export const removeOrganization: Rule<CommandInputs['organization.remove']> = {
  needs: () => [{ need: 'organizationContents' }],
  apply(facts, _, context) {
    const organization = requirePersonalAdmin(facts, context)
    const cooperations = facts.cooperations.by('organization', organization.id)
    const shares = cooperations.flatMap(({ id }) => facts.shares.by('cooperation', id))
    const members = facts.members.by('organization', organization.id)
    const portfolios = facts.portfolios.by('organization', organization.id)
    return {
      cause: { type: 'organization.removed', by: organization.id },
      facts: drop([
        ...shares.flatMap(({ id }) => facts.delegations.by('share', id)),
        ...shares,
        ...cooperations,
        ...members.flatMap(({ id }) => facts.assignments.by('member', id)),
        ...portfolios.flatMap(({ id }) => facts.entries.by('portfolio', id)),
        ...portfolios,
        ...facts.parks.by('organization', organization.id),
        ...members,
        organization,
      ]),
      subjects: [organization],
    }
  },
}

function requireTimeZone(timeZone: string): void {
  if (isTimeZone(timeZone)) return
  throw new DrawbridgeError('INVALID_INPUT', `${timeZone} is not a time zone`, { field: 'timeZone' })
}
