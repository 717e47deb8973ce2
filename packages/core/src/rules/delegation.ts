import type { CommandInputs } from '../commands.ts'
import { DrawbridgeError, notFound } from '../errors.ts'
import type { FactSet } from '../fact-set.ts'
import type { Delegation, Member, Organization, Share } from '../facts.ts'
import type { MemberId, ShareId } from '../ids.ts'
import { resolveExpiration, type Instant } from '../instant.ts'
import { requireOpenMembership } from '../membership.ts'
import type { Role, ShareableRole } from '../roles.ts'
import { drop, put } from './changes.ts'
import { requireAdmin, requireOwnMember } from './require.ts'
import type { Context, Need, Outcome, Rule } from './rule.ts'
import { shareCause } from './share-cause.ts'

/** What a member below admin may be delegated beside the ceiling itself (D2). */
const leastRole = 'viewer'

/** Gives an own active member a role on a received share, or replaces the one it has (D2, D3). */
export const grantDelegation: Rule<CommandInputs['delegation.grant']> = {
  needs: (input) => aboutDelegation(input),
  apply(facts, { share, member, role, expiresAt = null }, context) {
    const organization = requireAdmin(facts, context)
    const { timeZone } = organization
    const until = resolveExpiration(expiresAt, { timeZone, now: context.now })
    return grantAll(facts, organization, { shares: [share], members: [member], role, until }, context)
  },
}

/** Delegates many shares to many members at once, all or none. */
export const grantDelegations: Rule<CommandInputs['delegation.grantMany']> = {
  needs: ({ shares, members }) =>
    shares.flatMap((share) => members.flatMap((member) => aboutDelegation({ share, member }))),
  apply(facts, { shares, members, role }, context) {
    return grantAll(facts, requireAdmin(facts, context), { shares, members, role, until: null }, context)
  },
}

/** Takes a delegation away. */
export const revokeDelegation: Rule<CommandInputs['delegation.revoke']> = {
  // The owner goes on knowing the member if another delegation or share leads to it.
  needs: ({ share, member }) => [
    { need: 'share', share },
    { need: 'memberContents', member },
  ],
  apply(facts, { share: shareId, member: memberId }, context) {
    const organization = requireAdmin(facts, context)
    const share = requireReceived(facts, shareId, organization)
    const member = requireOwnMember(facts, memberId, organization)
    const existing = delegationOf(facts, share, member)
    const subjects = existing ? [existing] : []
    const cause = shareCause(facts, { type: 'delegation.revoked', by: organization.id, shares: [share] })
    return { cause: { ...cause, members: [member.id] }, facts: drop(subjects), subjects }
  },
}

interface Grant {
  readonly shares: readonly ShareId[]
  readonly members: readonly MemberId[]
  readonly role: Role
  readonly until: Instant | null
}

function grantAll(facts: FactSet, organization: Organization, grant: Grant, context: Context): Outcome {
  const shares = [...new Set(grant.shares)].map((id) => requireReceived(facts, id, organization))
  const members = [...new Set(grant.members)].map((id) => requireOwnMember(facts, id, organization))
  for (const member of members) requireOpenMembership(member, context.now)
  const granted = shares.flatMap((share) => {
    const role = requireWithinCeiling(grant.role, share)
    return members.map((member) => {
      const before = delegationOf(facts, share, member)
      const delegation: Delegation = {
        type: 'delegation',
        id: before?.id ?? context.newId(),
        organization: organization.id,
        share: share.id,
        member: member.id,
        role,
        expiresAt: grant.until,
      }
      return { delegation, before }
    })
  })
  const cause = shareCause(facts, { type: 'delegation.granted', by: organization.id, shares })
  return {
    cause: { ...cause, members: members.map(({ id }) => id) },
    facts: granted.flatMap(({ delegation, before }) => put(delegation, before)),
    subjects: granted.map(({ delegation }) => delegation),
  }
}

/** An admin delegates `viewer` or the ceiling itself, nothing else (D2). */
function requireWithinCeiling(role: Role, share: Share): ShareableRole {
  if (role === leastRole) return leastRole
  if (role === share.role) return share.role
  throw new DrawbridgeError(
    'ROLE_ABOVE_CEILING',
    `${role} is neither ${leastRole} nor the ceiling ${share.role}`,
    {
      role,
      ceiling: share.role,
    },
  )
}

function requireReceived(facts: FactSet, id: ShareId, organization: Organization): Share {
  const share = facts.shares.get(id)
  if (share?.receiver !== organization.id) throw notFound('share')
  return share
}

function delegationOf(facts: FactSet, share: Share, member: Member): Delegation | undefined {
  return facts.delegations.by('share', share.id).find((delegation) => delegation.member === member.id)
}

function aboutDelegation({ share, member }: { share: ShareId; member: MemberId }): readonly Need[] {
  return [
    { need: 'share', share },
    { need: 'delegate', member, share },
  ]
}
