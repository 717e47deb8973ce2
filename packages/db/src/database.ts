import { randomUUID } from 'node:crypto'
import { closeWithin } from './connections/close-within.ts'
import { createPipelined } from './connections/pipelined.ts'
import { createSnapshotPool } from './connections/snapshot-pool.ts'
import { readEpoch, reasonNotReady, requireConnection } from './connections/standing.ts'
import { createDecisions, type Decisions } from './decisions/decisions.ts'
import { createSelectFrom } from './entities/select-from.ts'
import { createExecutor, type ExecutionSteps, type Executor } from './execution/execute.ts'
import { createChangeSource, type ChangeSource } from './feed/change-source.ts'
import { createListener } from './feed/listener.ts'
import { createNotifier } from './feed/notifier.ts'
import { createWakes, type Wake } from './feed/wakes.ts'
import type { Log } from './log.ts'
import { migrate } from './migrate.ts'
import { createOrm } from './orm.ts'
import { createFindMembership } from './reads/membership.ts'
import { createReads, type Reads } from './reads/reads.ts'
import { createSnapshots } from './snapshots/snapshots.ts'

/** Everything that Drawbridge keeps in PostgreSQL, as the ports of the other packages want it. */
export interface Database extends AsyncDisposable {
  /** Brings the tables up to date; safe to call from several nodes at once. */
  migrate(): Promise<void>
  readonly executor: Executor
  readonly reads: Reads
  readonly decisions: Decisions
  readonly changes: ChangeSource
  /** Why this database cannot serve now; null when it can. */
  reasonNotReady(): Promise<string | null>
  close(): Promise<void>
}

export interface DatabaseOptions {
  /** `postgres://…` */
  readonly url: string
  readonly log: Log
  /** Connections for commands, and as many for management reads; decisions, snapshots and the feed have nine of their own. */
  readonly poolSize?: number
  readonly steps?: ExecutionSteps
}

/** Connects to a database; throws one clear Error when that is not possible. */
export async function createDatabase(options: DatabaseOptions): Promise<Database> {
  const { url, log, poolSize = 10, steps } = options
  await using opening = new AsyncDisposableStack()
  await requireConnection(url, log)

  const closeLater = (what: string, close: () => PromiseLike<void>): void =>
    opening.defer(() => closeWithin(what, { close, log }))

  const orm = createOrm({ url, log, poolSize })
  closeLater('commands', () => orm.close())
  // Reads wait among themselves, so that no amount of them makes an owner's pause wait.
  const readOrm = createOrm({ url, log, poolSize })
  closeLater('reads', () => readOrm.close())
  const checks = createPipelined(url, { log, connections: 4, settings: lookups })
  closeLater('decisions', () => checks[Symbol.asyncDispose]())
  const feed = createPipelined(url, { log, connections: 1 })
  closeLater('feed', () => feed[Symbol.asyncDispose]())
  const pool = createSnapshotPool(url, { log, connections: 3 })
  closeLater('snapshots', () => pool[Symbol.asyncDispose]())

  const sender = randomUUID()
  const wakes = createWakes()
  const listener = createListener({ url, log, sender, wake: wakes.emit })
  closeLater('listener', () => listener[Symbol.asyncDispose]())
  const notifier = createNotifier(feed, { sender, log })
  const wake: Wake = (organizations) => {
    wakes.emit(organizations)
    notifier.notify(organizations)
  }

  const selectFrom = createSelectFrom(orm)
  const snapshots = createSnapshots(pool, selectFrom)
  let epoch = await readEpoch(feed)
  const resources = opening.move()
  const close = () => resources.disposeAsync()
  return {
    async migrate() {
      await migrate(orm, { url, log })
      epoch = await readEpoch(feed)
    },
    executor: createExecutor({ orm, log, wake, steps }),
    reads: createReads(readOrm, createFindMembership(checks, selectFrom)),
    decisions: createDecisions(checks, snapshots),
    changes: createChangeSource({ connection: feed, snapshots, wakes, epoch: () => epoch }),
    reasonNotReady: () => reasonNotReady(checks),
    close,
    [Symbol.asyncDispose]: close,
  }
}

/**
 * Decisions look up few rows by their keys. One plan that walks the indexes is right for them whatever the tables'
 * statistics say; left to itself the planner scans tables that have grown since it last looked.
 */
const lookups = {
  plan_cache_mode: 'force_generic_plan',
  enable_seqscan: 'off',
  enable_hashjoin: 'off',
  enable_mergejoin: 'off',
  jit: 'off',
}
