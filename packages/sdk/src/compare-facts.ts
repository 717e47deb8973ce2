import { isSameFact, type Fact, type FactChange, type FactSet } from '@drawbridge/core'

/** What turns one set of facts into another, so that a fresh snapshot is looked at only where it differs. */
export function compareFacts(before: FactSet, after: Iterable<Fact>): readonly FactChange[] {
  const changes: FactChange[] = []
  const ids = new Set<string>()
  for (const fact of after) {
    ids.add(fact.id)
    const stood = before.get(fact)
    if (stood === undefined || !isSameFact(stood, fact)) changes.push({ put: fact })
  }
  for (const { type, id } of before.all()) if (!ids.has(id)) changes.push({ drop: { type, id } })
  return changes
}
