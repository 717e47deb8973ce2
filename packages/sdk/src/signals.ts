import type { Action, Resource } from '@drawbridge/core'
import type { Access } from './access.ts'
import { endless } from './access-table.ts'
import type { ClientDecision, DecideOptions } from './decision.ts'
import { keyOf } from './touched.ts'

/** Why a signal aborted. */
export class AccessEndedError extends Error {
  override readonly name = 'AccessEndedError'
  readonly decision: ClientDecision
  /** Whether access can come back without anybody granting it: the replica only was not provably current. */
  readonly retryable: boolean

  constructor(decision: ClientDecision, retryable: boolean) {
    super(`access ended: ${decision.reason}`)
    this.decision = decision
    this.retryable = retryable
  }
}

interface Watched {
  readonly controller: AbortController
  readonly action: Action
  readonly resource: Resource
  readonly options: DecideOptions
}

/** Abort signals that end with access; one per question, shared by all who ask it. */
export class Signals {
  readonly #access: Access
  readonly #onDeadline: (until: number) => void
  readonly #watched = new Map<string, Watched>()
  #isClosed = false

  /** `onDeadline` is told until when a new signal's access stands, in milliseconds of database time. */
  constructor(access: Access, onDeadline: (until: number) => void) {
    this.#access = access
    this.#onDeadline = onDeadline
  }

  get(action: Action, resource: Resource, options: DecideOptions = {}): AbortSignal {
    if (!this.#access.can(action, resource, options)) {
      return AbortSignal.abort(this.#reason(action, resource, options))
    }
    const key = [action, keyOf(resource), JSON.stringify(options.member ?? null)].join(' ')
    const existing = this.#watched.get(key)
    if (existing !== undefined) return existing.controller.signal
    const controller = new AbortController()
    this.#watched.set(key, { controller, action, resource: { ...resource }, options })
    this.#onDeadline(this.#access.until(action, resource, options))
    return controller.signal
  }

  /** When time alone aborts the next one, in milliseconds of database time. */
  nextDeadline(): number {
    let next = endless
    for (const { action, resource, options } of this.#watched.values()) {
      next = Math.min(next, this.#access.until(action, resource, options))
    }
    return next
  }

  /** Aborts those whose access has ended. */
  check(): void {
    for (const [key, { controller, action, resource, options }] of this.#watched) {
      if (this.#access.can(action, resource, options)) continue
      this.#watched.delete(key)
      controller.abort(this.#reason(action, resource, options))
    }
  }

  close(): void {
    this.#isClosed = true
    this.check()
  }

  #reason(action: Action, resource: Resource, options: DecideOptions): AccessEndedError {
    const decision = this.#access.decide(action, resource, options)
    const isUndecided = decision.reason === 'stale' || decision.reason === 'unknown'
    return new AccessEndedError(decision, isUndecided && !this.#isClosed)
  }
}
