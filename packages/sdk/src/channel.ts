import type {
  AppliedMessage,
  ChangeMessage,
  GoodbyeMessage,
  Handshake,
  LeaseMessage,
  RenewMessage,
  SnapshotMessage,
} from '@drawbridge/protocol/messages'
import type { DrawbridgeClientError } from './errors.ts'

/** What a channel reports, in order. */
export interface ChannelEvents {
  connected(): void
  snapshot(message: SnapshotMessage): void
  change(message: ChangeMessage): void
  lease(message: LeaseMessage): void
  goodbye(message: GoodbyeMessage): void
  /** The connection is gone or could not be made; the channel tries again by itself. */
  lost(error: DrawbridgeClientError): void
  /** The server refused or ended the connection, or the app's part of the handshake failed; nothing happens until `reconnect`. */
  refused(error: DrawbridgeClientError, by: 'server' | 'app'): void
}

/** A live channel to the server, which connects as soon as it is opened. */
export interface Channel {
  renew(message: RenewMessage): void
  applied(message: AppliedMessage): void
  /** Drops the connection and makes a new one after a delay. */
  reconnect(delayMs: number): void
  close(): void
}

/** Opens a channel; `handshake` is asked at every connection, and its failure is reported as `refused`. */
export type OpenChannel = (options: {
  readonly url: URL
  readonly handshake: () => Promise<Handshake>
  readonly events: ChannelEvents
}) => Channel
