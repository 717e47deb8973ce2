import type { Change, OrganizationId } from '@drawbridge/core'
import type { Connection } from './connection.ts'
import { withDeadline } from './deadline.ts'
import type { ChangeSource, VersionedFacts } from './ports.ts'
import type { View } from './view.ts'

/** What was read to open a view for the connections that wait. */
export interface Opening {
  readonly view: View
  readonly joining: readonly Connection[]
  /** The version at which the view opens; null when nothing was read that says. */
  readonly version: number | null
  /** Null when every connection continues after its cursor. */
  readonly facts: VersionedFacts['facts'] | null
  /** The changes after each continuing connection's cursor. */
  readonly logs: ReadonlyMap<Connection, readonly Change[]>
  /** Up to where the organization's connections had been told when the reading began; null when none had. */
  readonly from: number | null
  /** Which start of the organization it belongs to. */
  readonly generation: number
}

/** How long a read may take before it counts as failed. */
export const readTimeoutMs = 5_000

/** Reads what the waiting connections of a view are to be told first. */
export async function readOpening(
  view: View,
  { organization, source }: { readonly organization: OrganizationId; readonly source: ChangeSource },
  at: Pick<Opening, 'from' | 'generation'>,
): Promise<Opening> {
  const joining = [...view.waiting]
  const continuing = joining.filter(({ since }) => since !== null)
  const takesFacts = view.sight.needsFacts || continuing.length < joining.length
  const read = Promise.all([
    takesFacts ? view.sight.read() : null,
    ...continuing.map(async (connection) => {
      const since = connection.since ?? 0
      const { heads, changes } = await source.poll(new Map([[organization, since]]))
      const log = changes.get(organization) ?? []
      const last = log.at(-1)?.version ?? since
      return { connection, log, head: heads.get(organization) === last ? last : null }
    }),
  ])
  const [snapshot, ...logs] = await withDeadline(read, readTimeoutMs)
  const heads = logs.flatMap(({ head }) => head ?? [])
  return {
    view,
    joining,
    version: snapshot?.version ?? (heads.length > 0 ? Math.max(...heads) : null),
    facts: snapshot?.facts ?? null,
    logs: new Map(logs.map(({ connection, log }) => [connection, log])),
    ...at,
  }
}

/**
 * The changes that take a connection from its cursor to the opening's version, or null when that cannot be told from
 * changes alone: some are missing, the history went back, or one touches what only a snapshot shows (V3).
 */
export function replayOf({ view, logs, version }: Opening, connection: Connection): readonly Change[] | null {
  const { since } = connection
  const log = logs.get(connection)
  if (since === null || log === undefined || version === null || since > version) return null
  const known = [
    ...log,
    ...(view.buffer ?? []).filter((change) => change.version > (log.at(-1)?.version ?? since)),
  ]
  const changes = known.filter((change) => change.version <= version)
  const isWhole =
    changes.length === version - since &&
    changes.every((change, index) => change.version === since + 1 + index)
  return isWhole && changes.every((change) => view.sight.canReplay(change)) ? changes : null
}
