import { isExpired, type Change, type OrganizationId } from '@drawbridge/core'
import type { Connection } from './connection.ts'
import { cursorPrefix } from './cursor.ts'
import type { Delivery } from './delivery.ts'
import { ChangeFrames, encodeSnapshot } from './frames.ts'
import { replayOf, type Opening } from './opening.ts'
import type { View } from './view.ts'

export interface Telling {
  readonly to: Iterable<Connection>
  readonly delivery: Delivery
  /** Shared between views that are told the same change. */
  readonly frames?: ChangeFrames
}

/** Tells connections of a view a change, as far as it concerns them; says whether they are still complete (V3). */
export function tellChange(view: View, change: Change, { to, delivery, frames }: Telling): boolean {
  const told = view.sight.tell(change)
  if (told === null) return true
  const frame = told.isTold ? (frames ?? new ChangeFrames(change)).encode(told) : null
  const memberships = change.facts.flatMap((fact) =>
    'put' in fact && fact.put.type === 'member' ? fact.put : [],
  )
  for (const connection of to) {
    if (isExpired(connection.endsAt, change.at)) {
      connection.goodbye('credential_ended', true)
      continue
    }
    connection.learnMembership(memberships)
    if (frame !== null) {
      delivery.write(connection, connection.writeChange(frame, change.version, !told.needsSnapshot))
    }
    if (view.sight.ends(connection, change)) delivery.end(connection)
  }
  return !told.needsSnapshot
}

/** Tells waiting connections what opens their view: what is missing after their cursor, else a snapshot. */
export function tellOpening(
  opening: Opening & { readonly version: number },
  { epoch, organization, delivery }: { epoch: string; organization: OrganizationId; delivery: Delivery },
): readonly Connection[] {
  const { view, version, facts } = opening
  if (facts !== null) view.sight.learn(facts)
  const frames = facts === null ? null : encodeSnapshot(organization, { version, facts })
  const told: Connection[] = []
  for (const connection of opening.joining) {
    if (!view.waiting.has(connection)) continue
    const replay = replayOf(opening, connection)
    const { audience, member, since } = connection
    const role = view.sight.role ?? connection.principal.role
    connection.cursorPrefix = cursorPrefix({ epoch, organization, member, audience, role })
    connection.since = null
    if (replay !== null) {
      connection.last = since ?? version
      for (const change of replay) tellChange(view, change, { to: [connection], delivery })
    } else if (facts !== null && frames !== null) {
      connection.learnMembership(facts)
      for (const text of connection.writeSnapshot(frames, version)) delivery.write(connection, text)
      if (view.sight.ends(connection, facts)) delivery.end(connection)
    } else continue
    told.push(connection)
  }
  return told
}
