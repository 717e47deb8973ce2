import {
  memberSnapshot,
  organizationSnapshot,
  type Fact,
  type MemberId,
  type OrganizationId,
} from '@drawbridge/core'
import { createWorld, type World } from '@drawbridge/core/testing'
import type { Handshake } from '@drawbridge/protocol/messages'
import { createServer, type Server } from 'node:http'
import { createChannel, type Channel, type ChannelOptions } from '../channel.ts'
import { MemorySource } from './memory-source.ts'
import { TestAuthenticator } from './test-authenticator.ts'
import { handshake, sorted, TestClient } from './test-client.ts'

/** A world with a channel on a real server, and clients of it. */
export class TestChannel implements AsyncDisposable {
  readonly world: World
  readonly source: MemorySource
  readonly authenticator: TestAuthenticator
  readonly channel: Channel
  readonly logged: { readonly level: string; readonly message: string }[]
  readonly clients: TestClient[] = []
  readonly #httpServer: Server
  readonly #port: number

  constructor(httpServer: Server, port: number, options: Partial<ChannelOptions> = {}) {
    this.#httpServer = httpServer
    this.#port = port
    this.world = createWorld()
    this.source = new MemorySource(this.world)
    this.authenticator = new TestAuthenticator(this.world)
    this.logged = []
    const write = (level: string) => (_: object, message: string) => this.logged.push({ level, message })
    this.channel = createChannel({
      httpServer,
      source: this.source,
      authenticator: this.authenticator,
      log: { info: write('info'), warn: write('warn'), error: write('error') },
      allowedOrigins: ['https://console.example'],
      pollMs: 20,
      ...options,
    })
  }

  /** A client with any handshake. */
  connect(auth: object, headers: Record<string, string> = {}): TestClient {
    const client = new TestClient(this.#port, auth, headers)
    this.clients.push(client)
    return client
  }

  /** A client of a member's audience. */
  member(id: MemberId, more: Partial<Handshake> = {}): TestClient {
    return this.connect(handshake({ token: this.authenticator.memberToken(id), ...more }))
  }

  /** A client of the organization's audience, as a guard with a key. */
  guard(organization: OrganizationId, more: Partial<Handshake> = {}): TestClient {
    const token = this.authenticator.keyToken(organization)
    return this.connect(handshake({ token, audience: 'organization', ...more }))
  }

  memberKnows(id: MemberId): readonly Fact[] {
    return sorted(memberSnapshot(this.world.facts, id, this.world.now))
  }

  organizationKnows(id: OrganizationId): readonly Fact[] {
    return sorted(organizationSnapshot(this.world.facts, id))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const client of this.clients) client[Symbol.dispose]()
    await this.channel.close()
    this.#httpServer.closeAllConnections()
    await new Promise((resolve) => this.#httpServer.close(resolve))
  }
}

/** Starts a channel on a free port of the loopback interface. */
export async function startTestChannel(options: Partial<ChannelOptions> = {}): Promise<TestChannel> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000)
    const httpServer = createServer((_, response) => response.end())
    const isListening = await new Promise<boolean>((resolve) => {
      httpServer.once('listening', () => resolve(true)).once('error', () => resolve(false))
      httpServer.listen(port, '127.0.0.1')
    })
    if (isListening) return new TestChannel(httpServer, port, options)
  }
}
