import {
  protocolVersion,
  type Audience,
  type GoodbyeMessage,
  type Handshake,
  type LeaseMessage,
} from '@drawbridge/protocol/messages'
import type { Applier } from './applier.ts'
import { Backoff } from './backoff.ts'
import type { Channel, ChannelEvents, OpenChannel } from './channel.ts'
import type { Clock } from './clock.ts'
import { goodbyeError, retryAfterOf, unavailable, type DrawbridgeClientError } from './errors.ts'
import { Heartbeat } from './heartbeat.ts'
import { Inbox, type Received } from './inbox.ts'
import type { Lease, LeaseEnd } from './lease.ts'
import { LeaseKeeper } from './lease-keeper.ts'
import type { Logger } from './logger.ts'
import { Readiness } from './readiness.ts'
import type { Replica } from './replica.ts'
import type { StatusMachine } from './status.ts'
import type { TokenSource } from './token-source.ts'
import { VersionWaits } from './version-waits.ts'

/** How long to do without a lease before connecting anew, in milliseconds. */
const longestWithoutLease = 24_000
/** Over how long a draining server's clients spread their return, in milliseconds. */
const drainSpread = 2_000

interface Parts {
  readonly url: URL
  readonly audience: Audience
  readonly openChannel: OpenChannel
  readonly clock: Clock
  readonly logger: Logger
  readonly tokens: TokenSource
  readonly replica: Replica
  readonly lease: Lease
  readonly applier: Applier
  readonly status: StatusMachine
}

/** Keeps the replica current over connections that come and go, and proves it by leases. */
export class Session {
  readonly #parts: Parts
  readonly #channel: Channel
  readonly #backoff = new Backoff()
  readonly #readiness: Readiness
  readonly #keeper: LeaseKeeper
  readonly #waits: VersionWaits
  readonly #heartbeat: Heartbeat
  #lastError: DrawbridgeClientError | null = null
  #handshake: Handshake
  /** The present connection's; null while there is none that can be believed. */
  #inbox: Inbox | null = null
  #isFreshWanted = false
  /** Up to which version the last lease said that the replica was told all that concerns it. */
  #complete = -1
  #progressAt: number

  constructor(parts: Parts) {
    const { audience, clock, openChannel, url } = parts
    this.#parts = parts
    this.#readiness = new Readiness(clock)
    this.#keeper = new LeaseKeeper({
      ...parts,
      channel: () => (this.#inbox === null ? null : this.#channel),
      onEnd: (why) => this.#followLeaseEnd(why),
      onTokenError: (error) => this.#missToken(error),
    })
    this.#waits = new VersionWaits(clock, () => this.#keeper.renew())
    this.#heartbeat = new Heartbeat(clock, () => this.#beat())
    this.#handshake = { protocol: protocolVersion, audience }
    this.#progressAt = clock.monotonic()
    this.#channel = openChannel({ url, handshake: () => this.#shakeHands(), events: this.#events() })
  }

  /** What stands in the way of being live; null while nothing does. */
  get lastError(): DrawbridgeClientError | null {
    return this.#lastError
  }

  ready(timeoutMs: number): Promise<void> {
    const { current } = this.#parts.status
    if (current === 'live') return Promise.resolve()
    if (current === 'closed') return Promise.reject(this.#lastError ?? closedError())
    return this.#readiness.wait(timeoutMs, () => this.#lastError)
  }

  /** Resolves once the replica was told all up to a version; in any case after a bounded time, or when that cannot happen. */
  async whenApplied(version: number): Promise<void> {
    const { current } = this.#parts.status
    const isHopeless = current === 'closed' || (current !== 'live' && this.#lastError?.retryable === false)
    if (!isHopeless && version > this.#toldUpTo()) await this.#waits.wait(version)
  }

  leaseEnded(why: LeaseEnd): void {
    this.#keeper.ended(why)
  }

  close(error: DrawbridgeClientError = closedError()): void {
    if (this.#isClosed()) return
    const { lease, applier, status } = this.#parts
    this.#lastError = error
    this.#inbox = null
    lease.drop()
    this.#heartbeat.stop()
    this.#keeper.stop()
    this.#channel.close()
    applier.close()
    status.move('closed')
    this.#readiness.fail(error)
    this.#waits.settle(Number.POSITIVE_INFINITY)
  }

  #followLeaseEnd(why: LeaseEnd): void {
    if (this.#isClosed()) return
    this.#turnStale()
    if (why === 'clock_jump') this.#startAnew('the clock jumped')
  }

  #events(): ChannelEvents {
    const unlessClosed =
      <T extends unknown[]>(handle: (...args: T) => void) =>
      (...args: T) => {
        if (!this.#isClosed()) handle(...args)
      }
    return {
      connected: unlessClosed(() => this.#connected()),
      snapshot: unlessClosed((message) => this.#receive((inbox) => inbox.takePart(message))),
      change: unlessClosed((message) => this.#receive((inbox) => inbox.takeChange(message))),
      lease: unlessClosed((message) => this.#leased(message)),
      goodbye: unlessClosed((message) => this.#parted(message)),
      lost: unlessClosed((error) => this.#disconnected(error)),
      refused: unlessClosed((error, by) => this.#refused(error, by)),
    }
  }

  async #shakeHands(): Promise<Handshake> {
    const { tokens, audience, replica } = this.#parts
    const token = await tokens.fresh()
    const since = this.#isFreshWanted ? undefined : replica.cursor
    this.#handshake = {
      protocol: protocolVersion,
      audience,
      ...(token !== undefined && { token }),
      ...(since !== undefined && { since }),
    }
    return this.#handshake
  }

  #connected(): void {
    this.#inbox = new Inbox(this.#parts.replica, this.#handshake)
    this.#progressAt = this.#parts.clock.monotonic()
    this.#keeper.start()
  }

  #receive(take: (inbox: Inbox) => Iterable<Received>): void {
    if (this.#inbox === null) return
    for (const received of take(this.#inbox)) {
      if (received.step === 'broken') return this.#startAnew(received.why)
      if (received.step === 'replace') this.#replace(received.snapshot)
      else this.#parts.applier.apply(received.change)
      // A listener may have closed the bridge.
      if (this.#isClosed()) return
      this.#channel.applied({ version: this.#parts.replica.version })
      this.#waits.settle(this.#toldUpTo())
    }
  }

  #replace(snapshot: Parameters<Applier['replace']>[0]): void {
    const { replica, lease, applier } = this.#parts
    if (replica.isLoaded() && !replica.isSameView(snapshot)) {
      // A lease proved what another member or organization may.
      lease.drop()
      this.#complete = -1
      this.#turnStale()
    }
    this.#isFreshWanted = false
    applier.replace(snapshot)
    if (!lease.isHeld()) this.#keeper.renew()
  }

  #leased(message: LeaseMessage): void {
    const { applier, status, clock } = this.#parts
    this.#keeper.check()
    const sent = this.#keeper.take(message.n)
    if (sent === null || this.#inbox === null) return
    const judgement = this.#inbox.judge(message.last)
    if (judgement === 'broken') return this.#startAnew(`a lease names ${message.last}, which was not applied`)
    if (judgement === 'early' || !this.#keeper.grant(sent, message)) return
    this.#complete = Math.max(this.#complete, message.complete)
    this.#progressAt = clock.monotonic()
    this.#lastError = null
    this.#backoff.reset()
    this.#heartbeat.adapt(message.leaseMs)
    applier.leased()
    status.move('live')
    this.#readiness.succeed()
    this.#waits.settle(this.#toldUpTo())
  }

  #beat(): void {
    const isHeld = this.#keeper.check()
    this.#keeper.refreshTokenIfDue()
    this.#keeper.renew()
    const waited = this.#parts.clock.monotonic() - this.#progressAt
    if (!isHeld && waited > longestWithoutLease) this.#startAnew('no lease came for too long')
  }

  #missToken(error: DrawbridgeClientError): void {
    this.#lastError = error
    this.#parts.logger.warn({ err: error }, 'the token could not be renewed')
  }

  #parted({ reason, retry }: GoodbyeMessage): void {
    const error = goodbyeError(reason)
    if (!retry) return this.close(error)
    this.#lastError = error
    // A draining server's lease is as good as before; every other reason may be about access.
    if (reason !== 'draining') this.#parts.lease.drop()
    this.#reconnect(reason === 'draining' ? Math.random() * drainSpread : 0)
  }

  #disconnected(error: DrawbridgeClientError): void {
    this.#inbox = null
    this.#lastError = error
    this.#progressAt = this.#parts.clock.monotonic()
  }

  #refused(error: DrawbridgeClientError, by: 'server' | 'app'): void {
    const { lease, logger } = this.#parts
    logger.warn(
      { err: error },
      by === 'server' ? 'the server refused the connection' : 'no token to connect with',
    )
    this.#lastError = error
    if (by === 'server' && !error.retryable) lease.drop()
    if (!error.retryable) this.#readiness.fail(error)
    this.#reconnect(retryAfterOf(error))
  }

  /** Believes nothing any more until a fresh snapshot came over a new connection. */
  #startAnew(why: string): void {
    const { logger, lease, replica } = this.#parts
    logger.warn({ version: replica.version, why }, 'asking for a fresh snapshot')
    lease.drop()
    this.#isFreshWanted = true
    this.#reconnect(0)
  }

  #reconnect(leastMs: number): void {
    const delay = this.#backoff.next(leastMs)
    this.#inbox = null
    this.#progressAt = this.#parts.clock.monotonic() + delay
    this.#channel.reconnect(delay)
    if (!this.#parts.lease.isHeld()) this.#turnStale()
  }

  /** Signals first: what they stop must not run a listener longer. */
  #turnStale(): void {
    this.#parts.applier.signals.check()
    this.#parts.status.move('stale')
  }

  #toldUpTo(): number {
    return Math.max(this.#complete, this.#parts.replica.version)
  }

  #isClosed(): boolean {
    return this.#parts.status.current === 'closed'
  }
}

function closedError(): DrawbridgeClientError {
  return unavailable('the bridge is closed')
}
