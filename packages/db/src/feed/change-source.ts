import type { OrganizationId } from '@drawbridge/core'
import type { Pipelined } from '../connections/pipelined.ts'
import type { Snapshots } from '../snapshots/snapshots.ts'
import { pollChanges, type Poll } from './change-log.ts'
import type { Wake, Wakes } from './wakes.ts'

/** The change log as a feed reads it. */
export interface ChangeSource extends Snapshots {
  /** What came after each cursor, with the heads and the database's clock; at most 200 changes of each organization. */
  poll(cursors: ReadonlyMap<OrganizationId, number>): Promise<Poll>
  /** Calls back with organizations that may have changed: a hint that only saves waiting for the next poll. */
  onWake(wake: Wake): Disposable
  /** Identifies this database's history; throws before the tables are there. */
  readonly epoch: string
}

export interface ChangeSourceParts {
  readonly connection: Pipelined
  readonly snapshots: Snapshots
  readonly wakes: Wakes
  readonly epoch: () => string | undefined
}

/** Creates the change source. */
export function createChangeSource({ connection, snapshots, wakes, epoch }: ChangeSourceParts): ChangeSource {
  return {
    ...snapshots,
    poll: (cursors) => pollChanges(connection, cursors),
    onWake: (wake) => wakes.subscribe(wake),
    get epoch() {
      const known = epoch()
      if (known === undefined) throw new Error('the database has no epoch before it is migrated')
      return known
    },
  }
}
