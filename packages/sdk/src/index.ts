export type {
  Action,
  Cause,
  CauseType,
  Change,
  ErrorCode,
  ErrorDetails,
  Instant,
  MemberId,
  OrganizationId,
  Resource,
  Role,
} from '@drawbridge/core'
export { DrawbridgeError, isDrawbridgeError } from '@drawbridge/core'
export type { Audience } from '@drawbridge/protocol/messages'
export type { ApiClient } from './api-client.ts'
export type { Channel, ChannelEvents, OpenChannel } from './channel.ts'
export type { Clock } from './clock.ts'
export { createDrawbridge, type Drawbridge, type DrawbridgeOptions } from './create-drawbridge.ts'
export type { ClientDecision, ClientReason, DecideOptions, MemberName } from './decision.ts'
export { describeReason, type Language } from './describe-reason.ts'
export { DrawbridgeClientError } from './errors.ts'
export type { AccessEvent, ChangeKind, EventName } from './events.ts'
export type { Logger } from './logger.ts'
export type { ListFilter, ReachedResource } from './reached-resources.ts'
export { AccessEndedError } from './signals.ts'
export type { Status } from './status.ts'
export type { Subscribable } from './subscribable.ts'
export type { GetToken, TokenAnswer } from './token-source.ts'
