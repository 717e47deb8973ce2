import type { Action, Change, Resource } from '@drawbridge/core'
import type { Audience } from '@drawbridge/protocol/messages'
import { Access } from './access.ts'
import { createApiClient, type ApiClient } from './api-client.ts'
import { Applier } from './applier.ts'
import { ChangeFeed } from './change-feed.ts'
import type { OpenChannel } from './channel.ts'
import { systemClock, type Clock } from './clock.ts'
import type { ClientDecision, DecideOptions } from './decision.ts'
import type { DrawbridgeClientError } from './errors.ts'
import { Events, type AccessEvent, type EventName } from './events.ts'
import { Lease } from './lease.ts'
import type { Logger } from './logger.ts'
import type { ListFilter, ReachedResource } from './reached-resources.ts'
import { Replica } from './replica.ts'
import { Session } from './session.ts'
import { socketChannel, type SocketOptions } from './socket-channel.ts'
import { StatusMachine, type Status } from './status.ts'
import type { Subscribable } from './subscribable.ts'
import { TokenSource, type GetToken } from './token-source.ts'

export interface DrawbridgeOptions extends SocketOptions {
  /** Where the installation is, for instance `https://access.example`; in a browser also a path such as `/`. */
  readonly url: string
  /** Asked before a token ends and at every connection; without it the browser's cookie counts. */
  readonly getToken?: GetToken
  /** Whose view the replica holds: the own member's, or with an admin's token or a key with `guard` the whole organization's. */
  readonly audience?: Audience
  /** Without it warnings go to the console. */
  readonly logger?: Logger
  /** Without it the runtime's `fetch`. */
  readonly fetch?: typeof globalThis.fetch
  /** In place of the runtime's clocks and timers, for tests. */
  readonly clock?: Clock
  /** In place of Socket.IO, for tests. */
  readonly openChannel?: OpenChannel
}

/** A live replica of what the own member may do, and the typed client to change it. */
export interface Drawbridge extends AsyncDisposable {
  /** Resolves once the bridge is live; rejects with a `DrawbridgeClientError` after `timeoutMs` (5,000), or when the server refuses. A late success still turns it live. */
  ready(options?: { readonly timeoutMs?: number }): Promise<void>
  /** Whether access is provably current and allowed now; never throws. */
  can(action: Action, resource: Resource, options?: DecideOptions): boolean
  /** As `can`, with the reason; `stale` or `unknown` when nothing can be decided (A3). */
  decide(action: Action, resource: Resource, options?: DecideOptions): ClientDecision
  /** The resources reached now, by name; none while the bridge is not live. */
  list(filter?: ListFilter & DecideOptions): readonly ReachedResource[]
  /** Aborts when `can` turns false, with an `AccessEndedError`; already aborted when it is not true. */
  signal(action: Action, resource: Resource, options?: DecideOptions): AbortSignal
  /** Tells of changes of the own member's access, once they are applied; answers how to stop. */
  on(event: EventName, listener: (event: AccessEvent) => void): () => void
  readonly status: Subscribable<Status>
  /** What last stood in the way of being live; null once it is. */
  readonly lastError: DrawbridgeClientError | null
  /** Every change as it is applied, from the first read on; ends when the bridge is closed. Fails with `UNAVAILABLE` for a reader that fell far behind. */
  changes(): AsyncIterable<Change>
  readonly api: ApiClient
  /** Ends the connection; every answer from then on is no. */
  close(): void
}

const defaultTimeoutMs = 5_000

/** Opens a bridge to an installation; it connects at once, and again whenever it has to. */
export function createDrawbridge(options: DrawbridgeOptions): Drawbridge {
  return assemble(options, (clock, onEnd) => new Lease(clock, onEnd))
}

/** Assembles a bridge around a lease, which tests replace to show that they would notice one that proves nothing. */
export function assemble(
  options: DrawbridgeOptions,
  createLease: (...parameters: ConstructorParameters<typeof Lease>) => Lease,
): Drawbridge {
  const { audience = 'member', logger = console, clock = systemClock, fetch, getToken } = options
  const url = baseOf(options.url)
  const report = (error: unknown) => logger.error({ err: error }, 'a listener threw')
  const status = new StatusMachine(report)
  const events = new Events(report)
  const feed = new ChangeFeed()
  const replica = new Replica()
  const lease: Lease = createLease(clock, (why) => session.leaseEnded(why))
  const access = new Access(replica, lease)
  const applier = new Applier({ replica, lease, access, events, feed, clock })
  const tokens = new TokenSource(getToken, {
    clock,
    now: () => {
      const estimate = lease.estimate()
      return Number.isNaN(estimate) ? clock.wall() : estimate
    },
  })
  const openChannel = options.openChannel ?? socketChannel(options)
  const session = new Session({
    url,
    audience,
    openChannel,
    clock,
    logger,
    tokens,
    replica,
    lease,
    applier,
    status,
  })
  const close = () => session.close()

  return {
    ready: ({ timeoutMs = defaultTimeoutMs } = {}) => session.ready(timeoutMs),
    can: (action, resource, options) => access.can(action, resource, options),
    decide: (action, resource, options) => access.decide(action, resource, options),
    list: (filter) => access.list(filter),
    signal: (action, resource, options) => applier.signals.get(action, resource, options),
    on: (event, listener) => events.on(event, listener),
    status,
    get lastError() {
      return session.lastError
    },
    changes: () => feed.read(),
    api: createApiClient({ url, tokens, fetch, whenApplied: (version) => session.whenApplied(version) }),
    close,
    async [Symbol.asyncDispose]() {
      close()
    },
  }
}

/** With a slash at the end, so that an installation under a path keeps it; in a page it may be relative. */
function baseOf(url: string): URL {
  const page: { readonly href: string } | undefined = Reflect.get(globalThis, 'location')
  return new URL(url.endsWith('/') ? url : `${url}/`, page?.href)
}
