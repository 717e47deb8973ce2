export {
  checkManySchema,
  checkSchema,
  decisionSchema,
  decisionsSchema,
  listAccessSchema,
  reachedResourcePageSchema,
  reachedResourceSchema,
  reachingMemberPageSchema,
  reachingMemberSchema,
  reasonSchema,
  snapshotInputSchema,
  snapshotSchema,
  whoSchema,
} from './access.ts'
export { actShape } from './act.ts'
export {
  assignmentActSchema,
  assignmentPageSchema,
  assignmentRevokedSchema,
  assignmentSchema,
  grantAssignmentSchema,
  listAssignmentsSchema,
  revokeAssignmentSchema,
} from './assignment.ts'
export {
  cooperationActSchema,
  cooperationAnswerSchema,
  cooperationInputSchema,
  cooperationPageSchema,
  cooperationSchema,
  type CooperationStatus,
  cooperationStatusSchema,
  cooperationViewSchema,
  inviteCooperationSchema,
  listCooperationsSchema,
  setCooperationExpirationSchema,
} from './cooperation.ts'
export {
  delegationActSchema,
  delegationPageSchema,
  delegationRevokedSchema,
  delegationsActSchema,
  delegationSchema,
  grantDelegationSchema,
  grantDelegationsSchema,
  listDelegationsSchema,
  revokeDelegationSchema,
} from './delegation.ts'
export { emptySchema } from './empty.ts'
export { errorBodySchema } from './error-body-schema.ts'
export { expirationSchema } from './expiration.ts'
export {
  assignmentFactSchema,
  cooperationFactSchema,
  delegationFactSchema,
  factSchema,
  memberFactSchema,
  organizationFactSchema,
  parkFactSchema,
  portfolioEntryFactSchema,
  portfolioFactSchema,
  shareFactSchema,
} from './facts.ts'
export { idSchema } from './id.ts'
export { meSchema } from './me.ts'
export {
  memberActSchema,
  memberInputSchema,
  memberPageSchema,
  memberReferenceSchema,
  memberSchema,
  provisionMemberSchema,
  setMemberExpirationSchema,
  setMemberRoleSchema,
} from './member.ts'
export {
  createOrganizationSchema,
  findOrganizationSchema,
  foundOrganizationSchema,
  identifierSchema,
  organizationActSchema,
  organizationAnswerSchema,
  organizationCreatedSchema,
  organizationNameSchema,
  organizationSchema,
  updateOrganizationSchema,
} from './organization.ts'
export { pageOf, pageSchema, pageShape } from './page.ts'
export {
  createParkSchema,
  parkActSchema,
  parkAnswerSchema,
  parkInputSchema,
  parkPageSchema,
  parkSchema,
  updateParkSchema,
} from './park.ts'
export {
  createPortfolioSchema,
  portfolioActSchema,
  portfolioAnswerSchema,
  portfolioInputSchema,
  portfolioPageSchema,
  portfolioParkSchema,
  portfolioSchema,
  updatePortfolioSchema,
} from './portfolio.ts'
export { resourceInputSchema, resourceSchema, resourceTypeSchema } from './resource.ts'
export { actionSchema, refusalOf, roleSchema, shareableRoleSchema, sharedRoleSchema } from './role.ts'
export {
  createShareSchema,
  createSharesSchema,
  listSharesSchema,
  setShareExpirationSchema,
  setShareRoleSchema,
  shareActSchema,
  shareInputSchema,
  shareLoweredSchema,
  sharePageSchema,
  sharePausedSchema,
  shareResumedSchema,
  sharesActSchema,
  shareSchema,
  shareTargetSchema,
  shareViewSchema,
} from './share.ts'
export { externalIdSchema, lineSchema, nameSchema } from './text.ts'
export { timeZoneSchema } from './time-zone.ts'
export {
  type AppliedMessage,
  type Audience,
  type ChangeMessage,
  channelNamespace,
  type ClientMessages,
  type GoodbyeMessage,
  type GoodbyeReason,
  type Handshake,
  type LeaseMessage,
  protocolVersion,
  type RenewMessage,
  type ServerMessages,
  type SnapshotMessage,
} from './messages.ts'
