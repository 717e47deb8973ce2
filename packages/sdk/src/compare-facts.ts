import type { Fact, FactChange, FactSet } from '@drawbridge/core'

/** What turns one set of facts into another, so that a fresh snapshot is looked at only where it differs. */
export function compareFacts(before: FactSet, after: Iterable<Fact>): readonly FactChange[] {
  const changes: FactChange[] = []
  const ids = new Set<string>()
  for (const fact of after) {
    ids.add(fact.id)
    const stood = before.get(fact)
    if (stood === undefined || !isSame(stood, fact)) changes.push({ put: fact })
  }
  for (const { type, id } of before.all()) if (!ids.has(id)) changes.push({ drop: { type, id } })
  return changes
}

function isSame(a: object, b: object): boolean {
  const fields: [string, unknown][] = Object.entries(a)
  const others = new Map<string, unknown>(Object.entries(b))
  return (
    fields.length === others.size && fields.every(([name, value]) => isSameValue(value, others.get(name)))
  )
}

function isSameValue(a: unknown, b: unknown): boolean {
  if (typeof a === 'object' && a !== null && typeof b === 'object' && b !== null) return isSame(a, b)
  return a === b
}
