import { earlier, type Fact, type Instant, type MemberId } from '@drawbridge/core'
import type {
  Audience,
  ClientMessages,
  GoodbyeReason,
  LeaseMessage,
  ServerMessages,
} from '@drawbridge/protocol/messages'
import type { Socket } from 'socket.io'
import type { Moment } from './clock.ts'
import { noCursor } from './cursor.ts'
import { complete, type Frame } from './frames.ts'
import type { Principal } from './ports.ts'

/** What Socket.IO keeps with a socket from its handshake on. */
export interface SocketData {
  principal: Principal
  audience: Audience
  /** The version that the handshake's cursor continues, if it does. */
  since: number | null
}

export type ChannelSocket = Socket<ClientMessages, ServerMessages, Record<string, never>, SocketData>

/** A renewal that waits for its lease. */
export interface Renewal {
  readonly n: number
  readonly received: Moment
}

/** Frames that a client may leave unread before it is cut off. */
const maxUnread = 2_000

/** One client's socket with what it was told last. */
export class Connection {
  readonly audience: Audience
  principal: Principal
  /** The version to continue after instead of a snapshot, until that has been tried. */
  since: number | null
  /** The version last written. */
  last = 0
  /** How many snapshots' parts and changes were written. */
  written = 0
  cursorPrefix = ''
  /** Whether its first snapshot or replay was written. */
  isJoined = false
  /** When the credential was last asked for and held; null until it was after joining. */
  verified: Moment | null = null
  renewal: Renewal | null = null
  readonly #socket: ChannelSocket
  #unread = 0

  constructor(socket: ChannelSocket) {
    this.#socket = socket
    this.audience = socket.data.audience
    this.principal = socket.data.principal
    this.since = socket.data.since
  }

  get member(): MemberId | null {
    return this.principal.member
  }

  /** When it has to be over: an expired member keeps its own view, but no longer the organization's (O4). */
  get endsAt(): Instant | null {
    const { expiresAt, membershipExpiresAt } = this.principal
    return this.audience === 'member' ? expiresAt : earlier(expiresAt, membershipExpiresAt)
  }

  /** Takes the own membership's expiration from what is told. */
  learnMembership(facts: Iterable<Fact>): void {
    for (const fact of facts) {
      if (fact.type !== 'member' || fact.id !== this.member) continue
      this.principal = { ...this.principal, membershipExpiresAt: fact.expiresAt }
    }
  }

  get isOpen(): boolean {
    return this.#socket.connected
  }

  writeSnapshot(frames: readonly Frame[], version: number): readonly string[] {
    this.last = version
    this.written += frames.length
    const own = { cursor: this.#cursor(version), member: this.member }
    return frames.map((frame) => complete(frame, own))
  }

  /** A change's frame for this connection; without a cursor where only a fresh snapshot may follow. */
  writeChange(frame: Frame, version: number, isResumable: boolean): string {
    const previous = this.last
    this.last = version
    this.written += 1
    return complete(frame, { cursor: isResumable ? this.#cursor(version) : noCursor, previous })
  }

  /** Sends what is encoded already; a client that reads too slowly is cut off. */
  send(text: string): void {
    if (!this.isOpen) return
    if (this.#unread >= maxUnread) {
      this.#socket.emit('goodbye', { reason: 'too_slow', retry: true })
      this.#socket.conn.close(true)
      return
    }
    this.#unread += 1
    this.#socket.conn.write(text, {}, this.#onSent)
  }

  sendLease(lease: LeaseMessage): void {
    this.#socket.emit('lease', lease)
  }

  goodbye(reason: GoodbyeReason, retry: boolean): void {
    if (!this.isOpen) return
    this.#socket.emit('goodbye', { reason, retry })
    this.#socket.disconnect(true)
  }

  readonly #onSent = () => {
    this.#unread -= 1
  }

  #cursor(version: number): string {
    return `${this.cursorPrefix}${version}`
  }
}
