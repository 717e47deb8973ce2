import type { Instant, MemberId, OrganizationId, Reach, Resource } from '@drawbridge/core'
import type { Pipelined } from '../connections/pipelined.ts'
import { isUuid } from '../load/uuids.ts'
import { pathsOfMany, pathsOfOne, type PathRow } from './path-query.ts'
import { toReach } from './to-reach.ts'

/** Whose reach of what is asked. */
export interface Target {
  readonly member: MemberId
  readonly resource: Resource
}

/** What was found, at one instant and version. */
export interface Reached {
  readonly reach: Reach
  /** Null for a resource that is not there. */
  readonly resourceOwner: OrganizationId | null
}

export interface Reaches {
  readonly now: Instant
  /** Of the organization that asks. */
  readonly version: number
  /** In the order asked; null for a member that is not known. */
  readonly reached: readonly (Reached | null)[]
}

/** Loads all paths of members to resources, open or closed, with one query. */
export async function loadReaches(
  connection: Pipelined,
  targets: readonly Target[],
  asker: OrganizationId,
): Promise<Reaches> {
  const asked = targets.map(toParameters)
  const [only] = asked
  const rows =
    asked.length === 1 && only !== undefined
      ? await connection.query<PathRow>(pathsOfOne, [...only, asker])
      : await connection.query<PathRow>(pathsOfMany, [
          asked.map(([member]) => member),
          asked.map(([, park]) => park),
          asked.map(([, , portfolio]) => portfolio),
          asker,
        ])
  const [clock] = rows
  if (clock === undefined) throw new Error('the path query always answers a row')
  const grouped = groupByQuestion(rows)
  return {
    now: clock.now.toISOString(),
    version: clock.version,
    reached: targets.map((_, index) => toReached(grouped.get(index + 1))),
  }
}

type Parameters = readonly [member: string | null, park: string | null, portfolio: string | null]

/** Ids in another form than ours name nothing; PostgreSQL would refuse them. */
function toParameters({ member, resource }: Target): Parameters {
  const id = isUuid(resource.id) ? resource.id : null
  const isPark = resource.type === 'park'
  return [isUuid(member) ? member : null, isPark ? id : null, isPark ? null : id]
}

function groupByQuestion(rows: readonly PathRow[]): ReadonlyMap<number, readonly PathRow[]> {
  const grouped = new Map<number, PathRow[]>()
  for (const row of rows) {
    if (row.n === null) continue
    const ofQuestion = grouped.get(row.n)
    if (ofQuestion === undefined) grouped.set(row.n, [row])
    else ofQuestion.push(row)
  }
  return grouped
}

function toReached(rows: readonly PathRow[] = []): Reached | null {
  const [first] = rows
  return first === undefined ? null : { reach: toReach(first, rows), resourceOwner: first.resource_owner }
}
