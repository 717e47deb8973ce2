import { decideOver, reachToldTo, type Action, type Asker, type Decision } from '@drawbridge/core'
import type { Pipelined } from '../connections/pipelined.ts'
import { loadReaches, type Target } from './reaches.ts'

/** One question: may the member do this with the resource? */
export interface Check extends Target {
  readonly action: Action
}

/** Answers questions in the order asked, all at one instant and version (A3). */
export async function decideMany(
  connection: Pipelined,
  checks: readonly Check[],
  asker: Asker,
): Promise<readonly Decision[]> {
  if (checks.length === 0) return []
  const { now, version, reached } = await loadReaches(connection, checks, asker.organization)
  return checks.map(({ action }, index) => {
    const found = reached[index]
    const told = found ? reachToldTo(asker, found.reach, found.resourceOwner) : null
    return decideOver(told, action, { now, version })
  })
}
