import type { CauseType, FactChange } from '../change.ts'
import type { CommandInputs } from '../commands.ts'
import { DrawbridgeError, notFound } from '../errors.ts'
import type { FactSet } from '../fact-set.ts'
import type { Cooperation, Organization } from '../facts.ts'
import type { CooperationId } from '../ids.ts'
import { isExpired, resolveExpiration } from '../instant.ts'
import { drop, put } from './changes.ts'
import { requireAdmin } from './require.ts'
import type { Context, Need, Outcome, Rule } from './rule.ts'

/**
 * pending ── accept ──▶ active ── remove, leave ──▶ gone
 *    └── decline, cancel, lapse ──▶ gone
 * Beside an active one stand a pause flag and an expiration (C2).
 */
type Input = { cooperation: CooperationId }

/** Pauses every path through a cooperation, in both directions, and deletes nothing (C4, C5). */
export const pauseCooperation: Rule<Input> = {
  needs: (input) => itself(input),
  apply(facts, { cooperation: id }, context) {
    const cooperation = requireInitiated(facts, id, context)
    const changed = { ...cooperation, pausedAt: cooperation.pausedAt ?? context.now }
    return outcome('cooperation.paused', changed, put(changed, cooperation), cooperation.initiator)
  },
}

/** Resumes a cooperation: what stands at that moment is open again; refused when it has expired (C6). */
export const resumeCooperation: Rule<Input> = {
  needs: (input) => itself(input),
  apply(facts, { cooperation: id }, context) {
    const cooperation = requireInitiated(facts, id, context)
    if (cooperation.expiresAt !== null && isExpired(cooperation.expiresAt, context.now)) {
      throw new DrawbridgeError('COOPERATION_EXPIRED', 'set the expiration first', {
        cooperation: id,
        expiresAt: cooperation.expiresAt,
      })
    }
    const changed = { ...cooperation, pausedAt: null }
    return outcome('cooperation.resumed', changed, put(changed, cooperation), cooperation.initiator)
  },
}

/** Sets or clears when a cooperation ends; renewing a lapsed one leaves the other side's shares paused (C7). */
export const setCooperationExpiration: Rule<CommandInputs['cooperation.setExpiration']> = {
  // Whether it has lapsed is known only under the lock, so the shares are loaded in any case.
  needs: ({ cooperation }) => [{ need: 'cooperationShares', cooperation }],
  apply(facts, { cooperation: id, expiresAt: input }, context) {
    const cooperation = requireInitiated(facts, id, context)
    const { now } = context
    const timeZone = facts.organizations.get(cooperation.initiator)?.timeZone ?? 'UTC'
    const changed = { ...cooperation, expiresAt: resolveExpiration(input, { timeZone, now }) }
    if (!isExpired(cooperation.expiresAt, now)) {
      const type = 'cooperation.expirationChanged'
      return outcome(type, changed, put(changed, cooperation), cooperation.initiator)
    }
    const others = facts.shares
      .by('cooperation', id)
      .filter((share) => share.owner === cooperation.invitee && share.pausedAt === null)
    return outcome(
      'cooperation.renewed',
      changed,
      [...put(changed, cooperation), ...others.flatMap((share) => put({ ...share, pausedAt: now }))],
      cooperation.initiator,
    )
  },
}

/** Ends a cooperation for good, with its shares and delegations; the initiator's to do (C2, C4). */
export const removeCooperation: Rule<Input> = {
  needs: (input) => contents(input),
  apply(facts, { cooperation: id }, context) {
    const cooperation = requireInitiated(facts, id, context)
    return end(facts, 'cooperation.removed', cooperation, cooperation.initiator)
  },
}

/** Ends a cooperation for good; the invitee's way out (C4). */
export const leaveCooperation: Rule<Input> = {
  needs: (input) => contents(input),
  apply(facts, { cooperation: id }, context) {
    const { cooperation, organization } = requireParty(facts, id, context)
    requireInvitee(cooperation, organization)
    requireActive(cooperation)
    return end(facts, 'cooperation.left', cooperation, cooperation.invitee)
  },
}

/** Drops a cooperation with all that stands in it. */
export function end(facts: FactSet, type: CauseType, cooperation: Cooperation, by: string): Outcome {
  const shares = facts.shares.by('cooperation', cooperation.id)
  const delegations = shares.flatMap(({ id }) => facts.delegations.by('share', id))
  return outcome(type, cooperation, drop([...delegations, ...shares, cooperation]), by)
}

/** A cooperation of the acting admin's organization. */
export function requireParty(
  facts: FactSet,
  id: CooperationId,
  context: Context,
): { cooperation: Cooperation; organization: Organization } {
  const organization = requireAdmin(facts, context)
  const cooperation = facts.cooperations.get(id)
  if (cooperation === undefined || ![cooperation.initiator, cooperation.invitee].includes(organization.id)) {
    throw notFound('cooperation')
  }
  return { cooperation, organization }
}

/** Refuses before acceptance (S1). */
export function requireActive(cooperation: Cooperation): void {
  if (cooperation.state === 'active') return
  throw new DrawbridgeError('COOPERATION_PENDING', 'the invitation has not been accepted', {
    cooperation: cooperation.id,
  })
}

/** Refuses the initiator what only the invitee does. */
export function requireInvitee(cooperation: Cooperation, organization: Organization): void {
  if (cooperation.invitee === organization.id) return
  throw new DrawbridgeError('INVALID_INPUT', 'only the invited organization can do this', {
    field: 'cooperation',
  })
}

/** Refuses the invitee what only the initiator does (C4). */
export function requireInitiator(cooperation: Cooperation, organization: Organization): void {
  if (cooperation.initiator === organization.id) return
  throw new DrawbridgeError('INITIATOR_ONLY', 'only the organization that invited can do this', {})
}

/** How an act on one cooperation comes out. */
export function outcome(
  type: CauseType,
  cooperation: Cooperation,
  facts: readonly FactChange[],
  by: string,
): Outcome {
  return { cause: { type, by, ...concerning(cooperation) }, facts, subjects: [cooperation] }
}

/** What a cause says of the cooperation that an act concerned. */
export function concerning({ id, initiator, invitee }: Cooperation) {
  return { cooperation: id, organizations: [initiator, invitee] }
}

function requireInitiated(facts: FactSet, id: CooperationId, context: Context): Cooperation {
  const { cooperation, organization } = requireParty(facts, id, context)
  requireInitiator(cooperation, organization)
  requireActive(cooperation)
  return cooperation
}

function itself({ cooperation }: Input): readonly Need[] {
  return [{ need: 'cooperation', cooperation }]
}

function contents({ cooperation }: Input): readonly Need[] {
  return [{ need: 'cooperationContents', cooperation }]
}
