export { createChannel, type Channel, type ChannelOptions } from './channel.ts'
export type { Clock } from './clock.ts'
export type { Authenticator, ChangeSource, Log, Principal, VersionedFacts } from './ports.ts'
