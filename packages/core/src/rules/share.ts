import type { CauseType, FactChange } from '../change.ts'
import type { CommandInputs, ShareInput, ShareTarget } from '../commands.ts'
import { DrawbridgeError, notFound } from '../errors.ts'
import type { FactSet } from '../fact-set.ts'
import { otherSide, type Share } from '../facts.ts'
import type { OrganizationId, ShareId } from '../ids.ts'
import { isExpired, resolveExpiration, type Instant } from '../instant.ts'
import { commonActions, isShareable, largestRoleWithin, type Role, type ShareableRole } from '../roles.ts'
import { requireActive, requireParty } from './cooperation.ts'
import { drop, put } from './changes.ts'
import { requireAdmin, requireOwnResource } from './require.ts'
import type { Context, Need, Outcome, Rule } from './rule.ts'
import { shareCause } from './share-cause.ts'
import { stillReached } from './still-reached.ts'

/** Shares one own resource with the other organization of a cooperation (S1 to S3). */
export const createShare: Rule<ShareInput> = {
  needs: (input) => aboutNewShare(input),
  apply: (facts, input, context) => createAll(facts, [input], context),
}

/** Shares many resources at once, all or none. */
export const createShares: Rule<CommandInputs['share.createMany']> = {
  needs: ({ shares }) => shares.flatMap(aboutNewShare),
  apply: (facts, { shares }, context) => createAll(facts, shares, context),
}

/** Sets the ceiling; lowering it lowers every delegation above it, raising it restores nothing (S2, S6, D5). */
export const setShareRole: Rule<CommandInputs['share.setRole']> = {
  needs: (input) => aboutShare(input),
  apply(facts, { share: id, role }, context) {
    const share = requireGiven(facts, id, context)
    const changed = { ...share, role: requireShareable(role) }
    const lowered = facts.delegations.by('share', id).flatMap((delegation) => {
      const within = lowerTo(delegation.role, changed.role)
      return within === null ? drop([delegation]) : put({ ...delegation, role: within }, delegation)
    })
    const changes = [...put(changed, share), ...lowered]
    return {
      ...outcome(facts, { type: 'share.roleChanged', by: share.owner, shares: [changed] }, changes),
      stillReaches: stillReached(facts, share, context.now),
    }
  },
}

/** Sets or clears when a share ends; moving a lapsed one renews access (C7). */
export const setShareExpiration: Rule<CommandInputs['share.setExpiration']> = {
  needs: ({ share }) => [{ need: 'share', share }],
  apply(facts, { share: id, expiresAt: input }, context) {
    const share = requireGiven(facts, id, context)
    const changed = { ...share, expiresAt: resolveFor(facts, share.owner, input, context.now) }
    const type = isExpired(share.expiresAt, context.now) ? 'share.renewed' : 'share.expirationChanged'
    return outcome(facts, { type, by: share.owner, shares: [changed] }, put(changed, share))
  },
}

/** Pauses one share, or all that the caller gave in a cooperation; nothing is deleted (S8). */
export const pauseShare: Rule<ShareTarget> = {
  needs: (target) => aboutTarget(target),
  apply: (facts, target, context) => setPause(facts, 'share.paused', target, context),
}

/** Resumes one share, or all that the caller gave in a cooperation (S8). */
export const resumeShare: Rule<ShareTarget> = {
  needs: (target) => aboutTarget(target),
  apply: (facts, target, context) => setPause(facts, 'share.resumed', target, context),
}

/** Removes a share with its delegations; sharing again starts blank (S6). */
export const removeShare: Rule<CommandInputs['share.remove']> = {
  needs: (input) => aboutShare(input),
  apply(facts, { share: id }, context) {
    const share = requireGiven(facts, id, context)
    const changes = drop([...facts.delegations.by('share', id), share])
    return {
      ...outcome(facts, { type: 'share.removed', by: share.owner, shares: [share] }, changes),
      stillReaches: stillReached(facts, share, context.now),
    }
  },
}

function createAll(facts: FactSet, inputs: readonly ShareInput[], context: Context): Outcome {
  const shares: Share[] = []
  for (const input of inputs) {
    const share = newShare(facts, input, context)
    const isSame = ({ cooperation, resource }: Share) =>
      cooperation === share.cooperation && resource.id === share.resource.id
    if (shares.some(isSame))
      throw new DrawbridgeError('INVALID_INPUT', 'a resource is named twice', { field: 'shares' })
    const existing = facts.shares.by('resource', share.resource.id).find(isSame)
    if (existing)
      throw new DrawbridgeError('SHARE_EXISTS', 'the resource is shared already', { share: existing.id })
    shares.push(share)
  }
  const { id: by } = requireAdmin(facts, context)
  return outcome(
    facts,
    { type: 'share.created', by, shares },
    shares.flatMap((share) => put(share)),
  )
}

function newShare(facts: FactSet, input: ShareInput, context: Context): Share {
  const { cooperation, organization } = requireParty(facts, input.cooperation, context)
  requireOwnResource(facts, input.resource, organization)
  requireActive(cooperation)
  return {
    type: 'share',
    id: context.newId(),
    cooperation: cooperation.id,
    owner: organization.id,
    receiver: otherSide(cooperation, organization.id),
    resource: input.resource,
    role: requireShareable(input.role),
    pausedAt: null,
    expiresAt: resolveFor(facts, organization.id, input.expiresAt ?? null, context.now),
  }
}

function setPause(
  facts: FactSet,
  type: 'share.paused' | 'share.resumed',
  target: ShareTarget,
  context: Context,
): Outcome {
  const { id: by } = requireAdmin(facts, context)
  const shares =
    'share' in target ? [requireGiven(facts, target.share, context)] : given(facts, target, context)
  const changed = shares.map((share) => ({
    ...share,
    pausedAt: type === 'share.resumed' ? null : (share.pausedAt ?? context.now),
  }))
  const changes = changed.flatMap((share) => put(share, facts.shares.get(share.id)))
  const [only] = 'share' in target && type === 'share.paused' ? changed : []
  return {
    ...outcome(facts, { type, by, shares: changed }, changes),
    ...(only && { stillReaches: stillReached(facts, only, context.now) }),
  }
}

function given(
  facts: FactSet,
  { cooperation: id }: { cooperation: string },
  context: Context,
): readonly Share[] {
  const { cooperation, organization } = requireParty(facts, id, context)
  return facts.shares.by('cooperation', cooperation.id).filter((share) => share.owner === organization.id)
}

/** A share that the acting organization gave: `NOT_OWNER` for one that it received. */
function requireGiven(facts: FactSet, id: ShareId, context: Context): Share {
  const organization = requireAdmin(facts, context)
  const share = facts.shares.get(id)
  if (share?.receiver === organization.id)
    throw new DrawbridgeError('NOT_OWNER', 'only its owner changes a share', {})
  if (share?.owner !== organization.id) throw notFound('share')
  return share
}

function requireShareable(role: Role): ShareableRole {
  if (isShareable(role)) return role
  throw new DrawbridgeError('ROLE_NOT_SHAREABLE', `${role} never crosses to another organization`, { role })
}

function lowerTo(role: ShareableRole, ceiling: ShareableRole): ShareableRole | null {
  const within = largestRoleWithin(commonActions(role, ceiling))
  return within !== null && isShareable(within) ? within : null
}

function resolveFor(facts: FactSet, owner: string, input: string | null, now: Instant): Instant | null {
  return resolveExpiration(input, { timeZone: facts.organizations.get(owner)?.timeZone ?? 'UTC', now })
}

function outcome(
  facts: FactSet,
  { type, by, shares }: { type: CauseType; by: OrganizationId; shares: readonly Share[] },
  changes: readonly FactChange[],
): Outcome {
  return { cause: shareCause(facts, { type, by, shares }), facts: changes, subjects: shares }
}

function aboutShare({ share }: { share: ShareId }): readonly Need[] {
  return [
    { need: 'share', share },
    { need: 'shareSurroundings', share },
  ]
}

function aboutNewShare({ cooperation, resource }: ShareInput): readonly Need[] {
  return [
    { need: 'cooperation', cooperation },
    { need: 'receiverAdmins', cooperation },
    { need: 'resource', resource },
    ...(resource.type === 'portfolio'
      ? [{ need: 'portfolioContents', portfolio: resource.id } as const]
      : []),
  ]
}

function aboutTarget(target: ShareTarget): readonly Need[] {
  return 'share' in target
    ? aboutShare(target)
    : [{ need: 'cooperationShares', cooperation: target.cooperation }]
}
