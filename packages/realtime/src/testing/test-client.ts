import { FactSet, type Fact } from '@drawbridge/core'
import {
  channelNamespace,
  protocolVersion,
  type ChangeMessage,
  type ClientMessages,
  type GoodbyeMessage,
  type Handshake,
  type LeaseMessage,
  type RenewMessage,
  type ServerMessages,
  type SnapshotMessage,
} from '@drawbridge/protocol/messages'
import { io, type Socket } from 'socket.io-client'

/** A message as it came in. */
export type Received =
  | ({ readonly event: 'snapshot' } & SnapshotMessage)
  | ({ readonly event: 'change' } & ChangeMessage)
  | ({ readonly event: 'lease' } & LeaseMessage)
  | ({ readonly event: 'goodbye' } & GoodbyeMessage)

/** A client that keeps what it is told and checks what holds for every message. */
export class TestClient implements Disposable {
  readonly received: Received[] = []
  /** Broken promises of the server, in words. */
  readonly complaints: string[] = []
  /** What a `connect_error` said. */
  refusal: unknown
  facts = new FactSet()
  version: number | null = null
  cursor = ''
  /** Hears every fact that is put, at the version with which it came. */
  onFact: ((fact: Fact, version: number) => void) | undefined
  readonly socket: Socket<ServerMessages, ClientMessages>
  #parts: Fact[] = []
  #n = 0

  constructor(port: number, auth: object, extraHeaders: Record<string, string> = {}) {
    const options = { auth, extraHeaders, transports: ['websocket'], forceNew: true, reconnection: false }
    this.socket = io(`http://127.0.0.1:${port}${channelNamespace}`, options)
    this.socket.on('connect_error', (error) => (this.refusal = 'data' in error ? error.data : error.message))
    this.socket.on('snapshot', (message) => this.#takeSnapshot(message))
    this.socket.on('change', (message) => this.#takeChange(message))
    this.socket.on('lease', (message) => this.#takeLease(message))
    this.socket.on('goodbye', (message) => this.received.push({ event: 'goodbye', ...message }))
  }

  get changes(): readonly ChangeMessage[] {
    return this.received.flatMap((message) => (message.event === 'change' ? message : []))
  }

  get snapshots(): readonly SnapshotMessage[] {
    return this.received.flatMap((message) => (message.event === 'snapshot' ? message : []))
  }

  get leases(): readonly LeaseMessage[] {
    return this.received.flatMap((message) => (message.event === 'lease' ? message : []))
  }

  get goodbye(): GoodbyeMessage | undefined {
    const [goodbye] = this.received.flatMap((message) =>
      message.event === 'goodbye' ? { reason: message.reason, retry: message.retry } : [],
    )
    return goodbye
  }

  /** Where the client stands, for messages of tests. */
  get summary(): object {
    const { version, refusal, goodbye, socket, complaints } = this
    const events = this.received.map(({ event }) => event).slice(-5)
    return {
      version,
      refusal,
      goodbye,
      isConnected: socket.connected,
      lease: this.leases.at(-1),
      events,
      complaints,
    }
  }

  /** Everything known now, sorted so that it compares. */
  get known(): readonly Fact[] {
    return sorted(this.facts.all())
  }

  /** Takes over what another client held, as one that connects again with its cursor. */
  resume({ facts, version, cursor }: TestClient): this {
    this.facts = new FactSet(facts.all())
    this.version = version
    this.cursor = cursor
    return this
  }

  /** Asks for a lease; answers the number it was asked with. */
  renew(more: Omit<RenewMessage, 'n'> = {}): number {
    this.#n += 1
    this.socket.emit('renew', { n: this.#n, ...more })
    return this.#n
  }

  [Symbol.dispose](): void {
    this.socket.disconnect()
  }

  #takeSnapshot(message: SnapshotMessage): void {
    this.received.push({ event: 'snapshot', ...message })
    const { part, parts, facts, version, cursor } = message
    if (part === 0) this.#parts = []
    this.#parts.push(...facts)
    for (const fact of facts) this.onFact?.(fact, version)
    if (part + 1 < parts) return
    if (this.version !== null && version < this.version)
      this.complaints.push(`snapshot ${version} after ${this.version}`)
    this.facts = new FactSet(this.#parts)
    this.version = version
    this.cursor = cursor
  }

  #takeChange(message: ChangeMessage): void {
    this.received.push({ event: 'change', ...message })
    const { version, previous, facts, cursor } = message
    if (this.version === null) return
    if (previous !== this.version || version <= previous) {
      this.complaints.push(`change ${version} follows ${previous} and came after ${this.version}`)
    }
    for (const fact of facts) if ('put' in fact) this.onFact?.(fact.put, version)
    this.facts.apply(facts)
    this.version = version
    this.cursor = cursor
  }

  #takeLease(lease: LeaseMessage): void {
    this.received.push({ event: 'lease', ...lease })
    if (lease.last !== this.version) this.complaints.push(`lease for ${lease.last} came at ${this.version}`)
    if (lease.complete < lease.last)
      this.complaints.push(`lease complete to ${lease.complete} at ${lease.last}`)
  }
}

/** What a client sends first, unless a test wants it otherwise. */
export function handshake(changes: Partial<Handshake> = {}): Handshake {
  return { protocol: protocolVersion, audience: 'member', ...changes }
}

/** Facts in an order of their own, so that two lists of them compare. */
export function sorted(facts: Iterable<Fact>): readonly Fact[] {
  return [...facts].toSorted((a, b) => (a.id < b.id ? -1 : 1))
}
