import { Listeners, type Subscribable } from './subscribable.ts'

/**
 *                 lease                lease ended, clock jumped
 * connecting ───────────────▶ live ───────────────────────────────▶ stale
 *                              ▲                                      │
 *                              └──────────────── lease ───────────────┘
 * any ── close(), goodbye without retry ──▶ closed
 */
export type Status = 'connecting' | 'live' | 'stale' | 'closed'

/** The bridge's status, and the moves that its diagram allows. */
export class StatusMachine implements Subscribable<Status> {
  #current: Status = 'connecting'
  readonly #listeners: Listeners<Status>

  constructor(report: (error: unknown) => void) {
    this.#listeners = new Listeners(report)
  }

  get current(): Status {
    return this.#current
  }

  subscribe(listener: (status: Status) => void): () => void {
    return this.#listeners.add(listener)
  }

  /** Answers whether the status changed. */
  move(next: Exclude<Status, 'connecting'>): boolean {
    if (this.#current === next || this.#current === 'closed') return false
    if (next === 'stale' && this.#current === 'connecting') return false
    this.#current = next
    this.#listeners.tell(next)
    return true
  }
}
