import type { CommandInputs } from '../commands.ts'
import { DrawbridgeError, notFound } from '../errors.ts'
import { otherSide, type Cooperation } from '../facts.ts'
import type { CooperationId } from '../ids.ts'
import { end, outcome, requireInitiator, requireInvitee, requireParty } from './cooperation.ts'
import { put } from './changes.ts'
import { requirePersonalAdmin } from './require.ts'
import type { Context, Need, Rule } from './rule.ts'

/** Invites an organization by its identifier; the cooperation is pending until its admin accepts (C1, I1). */
export const inviteOrganization: Rule<CommandInputs['cooperation.invite']> = {
  needs: ({ identifier }) => [{ need: 'identifier', identifier }, { need: 'partners' }],
  apply(facts, { identifier }, context) {
    const initiator = requirePersonalAdmin(facts, context)
    const [invitee] = facts.organizations.by('identifier', identifier)
    if (invitee === undefined || invitee.status === 'placeholder') throw notFound('organization')
    if (invitee.id === initiator.id) {
      throw new DrawbridgeError('SELF_COOPERATION', 'an organization cannot invite itself', {})
    }
    const existing = facts.cooperations
      .by('organization', initiator.id)
      .find((cooperation) => otherSide(cooperation, initiator.id) === invitee.id)
    if (existing !== undefined) {
      throw new DrawbridgeError('COOPERATION_EXISTS', 'the two organizations have a cooperation', {
        cooperation: existing.id,
      })
    }
    const cooperation: Cooperation = {
      type: 'cooperation',
      id: context.newId(),
      initiator: initiator.id,
      invitee: invitee.id,
      state: 'pending',
      pausedAt: null,
      expiresAt: null,
    }
    return outcome('cooperation.invited', cooperation, put(cooperation), initiator.id)
  },
}

/** Accepts an invitation; accepting again changes nothing and tells that it was accepted (C9). */
export const acceptCooperation: Rule<{ cooperation: CooperationId }> = {
  needs: (input) => itself(input),
  apply(facts, { cooperation: id }, context) {
    requirePersonalAdmin(facts, context)
    const { cooperation, organization } = requireParty(facts, id, context)
    requireInvitee(cooperation, organization)
    const accepted: Cooperation = { ...cooperation, state: 'active' }
    return outcome('cooperation.accepted', accepted, put(accepted, cooperation), organization.id)
  },
}

/** Declines an invitation, which ends the pending cooperation (C8). */
export const declineCooperation: Rule<{ cooperation: CooperationId }> = {
  needs: (input) => itself(input),
  apply(facts, { cooperation: id }, context) {
    requirePersonalAdmin(facts, context)
    const { cooperation, organization } = requireParty(facts, id, context)
    requireInvitee(cooperation, organization)
    requirePending(cooperation)
    return end(facts, 'cooperation.declined', cooperation, organization.id)
  },
}

/** Takes an invitation back, which ends the pending cooperation (C8). */
export const cancelCooperation: Rule<{ cooperation: CooperationId }> = {
  needs: (input) => itself(input),
  apply(facts, { cooperation: id }, context: Context) {
    const { cooperation, organization } = requireParty(facts, id, context)
    requireInitiator(cooperation, organization)
    requirePending(cooperation)
    return end(facts, 'cooperation.cancelled', cooperation, organization.id)
  },
}

/** Tells whoever comes too late that the invitation was accepted (C9). */
function requirePending(cooperation: Cooperation): void {
  if (cooperation.state === 'pending') return
  throw new DrawbridgeError('INVITATION_INVALID', 'the invitation has already been accepted', {})
}

function itself({ cooperation }: { cooperation: CooperationId }): readonly Need[] {
  return [{ need: 'cooperation', cooperation }]
}
