import type { OrganizationId } from '@drawbridge/core'
import { channelNamespace, type ClientMessages, type ServerMessages } from '@drawbridge/protocol/messages'
import type { Server as HttpServer } from 'node:http'
import { setTimeout } from 'node:timers/promises'
import { Server } from 'socket.io'
import { systemClock, type Clock } from './clock.ts'
import type { ChannelSocket, Connection, SocketData } from './connection.ts'
import { createCredentialCheck } from './credential-check.ts'
import { createFeed } from './feed.ts'
import { admit, connectError } from './handshake.ts'
import { OrganizationQueue } from './organization-queue.ts'
import type { Authenticator, ChangeSource, Log } from './ports.ts'
import { serveConnection } from './serve-connection.ts'

export interface ChannelOptions {
  readonly httpServer: HttpServer
  readonly source: ChangeSource
  readonly authenticator: Authenticator
  readonly log: Log
  /** From which origins a cookie counts. */
  readonly allowedOrigins: readonly string[]
  /** How long a lease lasts at most, in milliseconds: 12 seconds unless given. */
  readonly leaseMs?: number
  /** How often the change log and the credentials are asked for, in milliseconds: every second unless given. */
  readonly pollMs?: number
  readonly clock?: Clock
}

/** The live channel of one node. */
export interface Channel extends AsyncDisposable {
  /** Why this node's change feed is not current, or null. */
  reasonNotReady(): string | null
  /** Says goodbye to everyone and refuses who comes; the HTTP server stays its owner's to close. */
  close(): Promise<void>
}

const maxMessageBytes = 16_384
const handshakeTimeoutMs = 10_000
const farewellMs = 1_000

/** Serves the live channel on an HTTP server (contract.md 4). */
export function createChannel(options: ChannelOptions): Channel {
  const { httpServer, source, authenticator, log, allowedOrigins } = options
  const { leaseMs = 12_000, pollMs = 1_000, clock = systemClock } = options
  const organizations = new Map<OrganizationId, OrganizationQueue>()
  const connections = new Map<string, Connection>()
  let isClosing = false

  const feed = createFeed({ source, pollMs, clock, log, organizations })
  const credentials = createCredentialCheck({
    authenticator,
    intervalMs: pollMs,
    clock,
    log,
    connections: { [Symbol.iterator]: () => connections.values() },
    onVerified: (connection) => organizations.get(connection.principal.organization)?.verified(connection),
  })

  const server = new Server<ClientMessages, ServerMessages, Record<string, never>, SocketData>(httpServer, {
    transports: ['websocket'],
    serveClient: false,
    maxHttpBufferSize: maxMessageBytes,
    connectTimeout: handshakeTimeoutMs,
    allowRequest: (_, callback) => callback(isClosing ? 'draining' : null, !isClosing),
  })
  // Nothing is served outside of the channel's namespace.
  server.use((_, next) => next(new Error('unknown namespace')))
  const namespace = server.of(channelNamespace)

  namespace.use((socket, next) => {
    const { auth, headers } = socket.handshake
    admit({ auth, headers }, { authenticator, allowedOrigins, epoch: source.epoch }).then(
      (data) => {
        Object.assign(socket.data, data)
        next()
      },
      (error: unknown) => {
        const refusal = connectError(error)
        if (refusal.data.code === 'UNAVAILABLE') log.error({ error }, 'a handshake could not be checked')
        next(refusal)
        // Once the refusal is written there is nothing more to say on this connection.
        setImmediate(() => socket.conn.close())
      },
    )
  })

  namespace.on('connection', (socket: ChannelSocket) => {
    const organization = organizationOf(socket.data.principal.organization)
    const connection = serveConnection(socket, { organization, authenticator, clock, log })
    connections.set(socket.id, connection)
    organization.join(connection)
    socket.on('disconnect', () => {
      connections.delete(socket.id)
      organization.leave(connection)
      if (organization.isEmpty) organizations.delete(organization.id)
    })
    if (isClosing) connection.goodbye('draining', true)
  })

  function organizationOf(id: OrganizationId): OrganizationQueue {
    const existing = organizations.get(id)
    if (existing !== undefined) return existing
    const created = new OrganizationQueue(id, {
      source,
      leaseMs,
      log,
      clock,
      wake: () => feed.wake(),
      onJoined: (joined) => credentials.checkJoined(joined),
    })
    organizations.set(id, created)
    return created
  }

  async function close(): Promise<void> {
    isClosing = true
    feed.close()
    credentials.close()
    for (const connection of connections.values()) connection.goodbye('draining', true)
    const patience = AbortSignal.timeout(farewellMs)
    while (server.engine.clientsCount > 0 && !patience.aborted) await setTimeout(10)
    server.engine.close()
  }

  return { reasonNotReady: () => feed.reasonNotReady(), close, [Symbol.asyncDispose]: close }
}
