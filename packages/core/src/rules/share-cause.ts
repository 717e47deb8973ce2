import type { Cause, CauseType } from '../change.ts'
import type { FactSet } from '../fact-set.ts'
import type { Share } from '../facts.ts'
import type { OrganizationId } from '../ids.ts'
import { concerning } from './cooperation.ts'

/** The cause of an act on shares: the cooperation and the resource are named where there is just one. */
export function shareCause(
  facts: FactSet,
  { type, by, shares }: { type: CauseType; by: OrganizationId; shares: readonly Share[] },
): Cause {
  const [cooperation, ...otherCooperations] = new Set(shares.map((share) => share.cooperation))
  const [share, ...otherShares] = shares
  const only = otherCooperations.length === 0 && cooperation ? facts.cooperations.get(cooperation) : undefined
  return {
    type,
    by,
    ...(only && concerning(only)),
    shares: shares.map(({ id }) => id),
    ...(share && otherShares.length === 0 && { resource: share.resource }),
  }
}
