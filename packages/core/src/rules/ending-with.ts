import type { FactSet } from '../fact-set.ts'
import type { Fact, Resource } from '../facts.ts'

/** The assignments, shares and delegations that end with a resource (S6). */
export function endingWith(facts: FactSet, { id }: Resource): readonly Fact[] {
  const shares = facts.shares.by('resource', id)
  return [
    ...facts.assignments.by('resource', id),
    ...shares.flatMap((share) => facts.delegations.by('share', share.id)),
    ...shares,
  ]
}
