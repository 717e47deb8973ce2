import type { FactChange } from '@drawbridge/core'
import type { EntityManager } from '@mikro-orm/postgresql'
import { storedFacts } from '../entities/stored-facts.ts'

const inOrder = Object.values(storedFacts)

/** Writes what an act puts and drops, type by type, so that no row is ever without what it points at. */
export async function store(em: EntityManager, changes: readonly FactChange[]): Promise<void> {
  const puts = changes.flatMap((change) => ('put' in change ? [change.put] : []))
  const drops = changes.flatMap((change) => ('drop' in change ? [change.drop] : []))
  for (const { drop } of inOrder.toReversed()) await drop(em, drops)
  for (const { put } of inOrder) await put(em, puts)
}
