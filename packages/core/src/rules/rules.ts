import type { Command, CommandInputs, CommandType } from '../commands.ts'
import type { FactSet } from '../fact-set.ts'
import { grantAssignment, revokeAssignment } from './assignment.ts'
import {
  leaveCooperation,
  pauseCooperation,
  removeCooperation,
  resumeCooperation,
  setCooperationExpiration,
} from './cooperation.ts'
import { grantDelegation, grantDelegations, revokeDelegation } from './delegation.ts'
import { acceptCooperation, cancelCooperation, declineCooperation, inviteOrganization } from './invitation.ts'
import {
  addMember,
  leaveOrganization,
  pauseMember,
  provisionMember,
  removeMember,
  resumeMember,
  setMemberExpiration,
  setMemberRole,
} from './member.ts'
import { createOrganization, removeOrganization, updateOrganization } from './organization.ts'
import { createPark, removePark, updatePark } from './park.ts'
import {
  addParkToPortfolio,
  createPortfolio,
  removeParkFromPortfolio,
  removePortfolio,
  updatePortfolio,
} from './portfolio.ts'
import type { Actor, Context, Need, Outcome, Rule } from './rule.ts'
import {
  createShare,
  createShares,
  pauseShare,
  removeShare,
  resumeShare,
  setShareExpiration,
  setShareRole,
} from './share.ts'

const rules: { readonly [T in CommandType]: Rule<CommandInputs[T]> } = {
  'organization.create': createOrganization,
  'organization.update': updateOrganization,
  'organization.remove': removeOrganization,
  'member.add': addMember,
  'member.provision': provisionMember,
  'member.setRole': setMemberRole,
  'member.pause': pauseMember,
  'member.resume': resumeMember,
  'member.setExpiration': setMemberExpiration,
  'member.remove': removeMember,
  'member.leave': leaveOrganization,
  'park.create': createPark,
  'park.update': updatePark,
  'park.remove': removePark,
  'portfolio.create': createPortfolio,
  'portfolio.update': updatePortfolio,
  'portfolio.addPark': addParkToPortfolio,
  'portfolio.removePark': removeParkFromPortfolio,
  'portfolio.remove': removePortfolio,
  'assignment.grant': grantAssignment,
  'assignment.revoke': revokeAssignment,
  'cooperation.invite': inviteOrganization,
  'cooperation.accept': acceptCooperation,
  'cooperation.decline': declineCooperation,
  'cooperation.cancel': cancelCooperation,
  'cooperation.pause': pauseCooperation,
  'cooperation.resume': resumeCooperation,
  'cooperation.setExpiration': setCooperationExpiration,
  'cooperation.remove': removeCooperation,
  'cooperation.leave': leaveCooperation,
  'share.create': createShare,
  'share.createMany': createShares,
  'share.setRole': setShareRole,
  'share.setExpiration': setShareExpiration,
  'share.pause': pauseShare,
  'share.resume': resumeShare,
  'share.remove': removeShare,
  'delegation.grant': grantDelegation,
  'delegation.grantMany': grantDelegations,
  'delegation.revoke': revokeDelegation,
}

/** Every command's name. */
export const commandTypes: readonly CommandType[] = Object.keys(rules).filter(isCommandType)

/** What a command's rule has to be given. */
export function needsOf<T extends CommandType>(command: Command<T>, actor: Actor): readonly Need[] {
  return ruleOf<T>(command.type).needs(command.input, actor)
}

/** Runs a command's rule: what it does to the facts, or a thrown DrawbridgeError; nothing is altered. */
export function applyRule<T extends CommandType>(
  facts: FactSet,
  command: Command<T>,
  context: Context,
): Outcome {
  return ruleOf<T>(command.type).apply(facts, command.input, context)
}

function ruleOf<T extends CommandType>(type: T): Rule<CommandInputs[T]> {
  return rules[type]
}

function isCommandType(name: string): name is CommandType {
  return Object.hasOwn(rules, name)
}
