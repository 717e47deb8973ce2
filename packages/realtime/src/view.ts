import type { Change } from '@drawbridge/core'
import type { Connection } from './connection.ts'
import type { Sight } from './sight.ts'

/**
 * The connections that are told the same: those of one member, or of the organization audience.
 *
 *   joins ──▶ waiting ── snapshot or replay, then what was buffered ──▶ live ◀── changes, leases
 *                ▲                                                        │
 *                └── a gap, or a change that needs a fresh snapshot (V3) ─┘
 *
 * While anyone waits, a snapshot is read and every change from before that read on is buffered.
 */
export class View {
  readonly sight: Sight
  /** Were told everything up to the organization's version. */
  readonly live = new Set<Connection>()
  /** Get the next snapshot that is read. */
  readonly waiting = new Set<Connection>()
  /** The changes since the read under way was started; null when none is. */
  buffer: Change[] | null = null

  constructor(sight: Sight) {
    this.sight = sight
  }

  get isEmpty(): boolean {
    return this.live.size === 0 && this.waiting.size === 0
  }

  get connections(): Iterable<Connection> {
    return [...this.live, ...this.waiting]
  }

  /** Takes live connections back to where they wait for a fresh snapshot. */
  suspend(): void {
    for (const connection of this.live) this.waiting.add(connection)
    this.live.clear()
  }

  delete(connection: Connection): void {
    this.live.delete(connection)
    this.waiting.delete(connection)
  }
}
