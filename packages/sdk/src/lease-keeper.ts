import type { LeaseMessage } from '@drawbridge/protocol/messages'
import type { Channel } from './channel.ts'
import { startAlarm, type Clock } from './clock.ts'
import type { DrawbridgeClientError } from './errors.ts'
import type { Lease, LeaseEnd, Sent } from './lease.ts'
import { Renewals } from './renewals.ts'
import type { TokenSource } from './token-source.ts'

interface Parts {
  readonly clock: Clock
  readonly lease: Lease
  readonly tokens: TokenSource
  readonly channel: () => Channel | null
  readonly onEnd: (why: LeaseEnd) => void
  readonly onTokenError: (error: DrawbridgeClientError) => void
}

/** Asks for leases over the present connection, with fresh tokens, and notices when the one held has ended. */
export class LeaseKeeper {
  readonly #parts: Parts
  readonly #renewals: Renewals
  #end: LeaseEnd | null = null
  #longestMs = 0
  #cancelAlarm = () => {}

  constructor(parts: Parts) {
    this.#parts = parts
    this.#renewals = new Renewals(parts.clock)
  }

  /** Starts over on a new connection. */
  start(): void {
    this.#renewals.reset()
    this.#longestMs = 0
    this.renew()
  }

  stop(): void {
    this.#cancelAlarm()
  }

  renew(token?: string): void {
    this.#renewals.send(this.#parts.channel, token)
  }

  /** When what a lease answers was sent; null when it answers nothing that still counts. */
  take(n: number): Sent | null {
    return this.#renewals.take(n)
  }

  /** Takes a lease that proves the replica; answers whether it is held. */
  grant(sent: Sent, message: LeaseMessage): boolean {
    const { lease, clock } = this.#parts
    lease.grant(sent, message)
    if (!lease.isHeld()) return false
    this.#cancelAlarm()
    this.#cancelAlarm = startAlarm(
      clock,
      () => lease.remaining(),
      () => this.check(),
    )
    this.#refreshIfShrunk(message.leaseMs)
    return true
  }

  /** The lease was seen to have ended, perhaps from inside `can()`: what follows is for a moment later. */
  ended(why: LeaseEnd): void {
    this.#end = why
    this.#parts.clock.after(0, () => this.#follow())
  }

  /** Follows at once if the lease has ended: also before a next one, so that what ended never goes on as if nothing had been. */
  check(): boolean {
    const isHeld = this.#parts.lease.isHeld()
    this.#follow()
    return isHeld
  }

  refreshTokenIfDue(): void {
    if (this.#parts.tokens.isDue()) this.#refreshToken()
  }

  #follow(): void {
    const why = this.#end
    this.#end = null
    if (why !== null) this.#parts.onEnd(why)
  }

  /** A lease is capped by its credential's end: when it shrinks, a token that did not say when it ends is ending. */
  #refreshIfShrunk(leaseMs: number): void {
    this.#longestMs = Math.max(this.#longestMs, leaseMs)
    if (leaseMs < this.#longestMs / 2 && this.#parts.tokens.mayAsk()) this.#refreshToken()
  }

  #refreshToken(): void {
    const { tokens, onTokenError } = this.#parts
    if (tokens.isAbsent()) return
    tokens.fresh().then((token) => this.renew(token), onTokenError)
  }
}
