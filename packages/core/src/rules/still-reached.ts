import type { FactSet } from '../fact-set.ts'
import type { Share } from '../facts.ts'
import { isExpired, type Instant } from '../instant.ts'
import type { StillReached } from './rule.ts'

/** The parks of a share that its receiver also reaches through other shares of the same cooperation (S4). */
export function stillReached(facts: FactSet, share: Share, now: Instant): readonly StillReached[] {
  return facts.parksOf(share.resource).flatMap((park) =>
    facts
      .coveringIds({ type: 'park', id: park })
      .flatMap((covering) => facts.shares.by('resource', covering))
      .filter(
        (other) => other.id !== share.id && other.cooperation === share.cooperation && isOpen(other, now),
      )
      .map((other) => ({ park, share: other.id, role: other.role })),
  )
}

function isOpen({ pausedAt, expiresAt }: Share, now: Instant): boolean {
  return pausedAt === null && !isExpired(expiresAt, now)
}
