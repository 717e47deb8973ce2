export type { Cause, CauseType, Change, FactChange } from './change.ts'
export { refOf } from './change.ts'
export type { Command, CommandInputs, CommandType, ParkData, ShareInput, ShareTarget } from './commands.ts'
export { decide, decideOver, type Decision, type Question, type Reason } from './decide.ts'
export { applyAndTell, organizationsIn, type Told } from './difference.ts'
export { DrawbridgeError, isDrawbridgeError, notFound, type ErrorCode, type ErrorDetails } from './errors.ts'
export { FactSet } from './fact-set.ts'
export {
  isSameFact,
  organizationsOf,
  otherSide,
  type Assignment,
  type Cooperation,
  type Delegation,
  type Fact,
  type FactOf,
  type FactRef,
  type FactType,
  type Member,
  type Organization,
  type Park,
  type Portfolio,
  type PortfolioEntry,
  type Resource,
  type Share,
} from './facts.ts'
export type { ActId, CooperationId, Id, MemberId, OrganizationId, ShareId, UserId } from './ids.ts'
export {
  earlier,
  endOfDay,
  isExpired,
  isTimeZone,
  later,
  resolveExpiration,
  type ExpirationInput,
  type Instant,
} from './instant.ts'
export type { ClosedBy, ClosedReason } from './links.ts'
export { isMembershipClosed, requireOpenMembership } from './membership.ts'
export { reachOf, type Path, type Reach } from './paths.ts'
export {
  actions,
  actionsOf,
  contains,
  isRole,
  isShareable,
  isWithin,
  largestRoleWithin,
  roles,
  shareableRoles,
  type Action,
  type Role,
  type ShareableRole,
} from './roles.ts'
export { type Actor, type Context, type Need, type Outcome, type StillReached } from './rules/rule.ts'
export { applyRule, commandTypes, needsOf } from './rules/rules.ts'
export { memberSnapshot, organizationSnapshot } from './snapshot.ts'
export { reachToldTo, type Asker } from './told-reach.ts'
