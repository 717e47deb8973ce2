import type { Clock } from './clock.ts'
import { DrawbridgeClientError, unauthenticated, unavailable } from './errors.ts'

/** A session or access token; with its end, it is replaced before. */
export type TokenAnswer = string | { readonly token: string; readonly expiresAt?: string | Date }

export type GetToken = () => TokenAnswer | Promise<TokenAnswer>

/** How long `getToken` may take. */
const timeoutMs = 10_000
/** A token is replaced this long before its end, or after three quarters of its life if that is later. */
const marginMs = 30_000
/** What is left when the next renewal may come too late, and how often to ask at most. */
const leastMs = 5_000

interface Held {
  readonly token: string
  /** When to replace it, in milliseconds since 1970; never if it did not say when it ends. */
  readonly dueAt: number
}

/** Asks the app for tokens, one at a time, and knows when to ask again. */
export class TokenSource {
  readonly #getToken: GetToken | undefined
  readonly #clock: Clock
  readonly #now: () => number
  #held: Held | null = null
  #asking: Promise<string> | null = null
  #askedAt = Number.NEGATIVE_INFINITY

  /** `now` is the best known time in milliseconds since 1970, because the own clock may be wrong. */
  constructor(getToken: GetToken | undefined, { clock, now }: { clock: Clock; now: () => number }) {
    this.#getToken = getToken
    this.#clock = clock
    this.#now = now
  }

  /** Whether cookies count instead. */
  isAbsent(): boolean {
    return this.#getToken === undefined
  }

  /** A token as the app gives it now; undefined where cookies count. Fails with `UNAUTHENTICATED`, or `UNAVAILABLE` when the app does not answer. */
  async fresh(): Promise<string | undefined> {
    if (this.#getToken === undefined) return undefined
    this.#asking ??= this.#ask(this.#getToken).finally(() => (this.#asking = null))
    return this.#asking
  }

  /** The token held, or a fresh one when it is about to end. */
  async current(): Promise<string | undefined> {
    return this.#held === null || this.isDue() ? this.fresh() : this.#held.token
  }

  /** Forgets a token that the server did not accept. */
  forget(): void {
    this.#held = null
  }

  /** Whether the token held is about to end. */
  isDue(): boolean {
    return this.#held !== null && this.#now() >= this.#held.dueAt && this.mayAsk()
  }

  /** Whether the last time is long enough ago to ask again unasked. */
  mayAsk(): boolean {
    return this.#clock.monotonic() - this.#askedAt >= leastMs
  }

  async #ask(getToken: GetToken): Promise<string> {
    this.#askedAt = this.#clock.monotonic()
    const { promise: late, reject } = Promise.withResolvers<never>()
    const cancel = this.#clock.after(timeoutMs, () =>
      reject(unavailable(`getToken did not answer within ${timeoutMs} ms`)),
    )
    try {
      const answer = await Promise.race([callAsync(getToken), late])
      const { token, expiresAt } =
        typeof answer === 'string' ? { token: answer, expiresAt: undefined } : answer
      this.#held = { token, dueAt: this.#dueAt(expiresAt) }
      return token
    } catch (error) {
      throw error instanceof DrawbridgeClientError ? error : unauthenticated('getToken failed', error)
    } finally {
      cancel()
    }
  }

  #dueAt(expiresAt: string | Date | undefined): number {
    if (expiresAt === undefined) return Number.POSITIVE_INFINITY
    const end = new Date(expiresAt).getTime()
    return end - Math.max(Math.min(marginMs, (end - this.#now()) / 4), leastMs)
  }
}

/** A throw becomes a rejection. */
async function callAsync(getToken: GetToken): Promise<TokenAnswer> {
  return getToken()
}
