import type { Fact, FactChange, FactOf, FactRef, FactType, Id } from '@drawbridge/core'
import type { EntityManager } from '@mikro-orm/postgresql'
import { storedFacts } from '../entities/stored-facts.ts'

/** How a type of fact is written. */
type Written = {
  readonly [T in FactType]: {
    put(em: EntityManager, facts: readonly FactOf<T>[]): Promise<void>
    drop(em: EntityManager, ids: readonly Id[]): Promise<void>
  }
}

const written: Written = storedFacts
const types = Object.keys(written).filter(isFactType)

/** Writes what an act puts and drops, type by type, so that no row is ever without what it points at. */
export async function store(em: EntityManager, changes: readonly FactChange[]): Promise<void> {
  const puts = changes.flatMap((change) => ('put' in change ? [change.put] : []))
  const drops = changes.flatMap((change) => ('drop' in change ? [change.drop] : []))
  for (const type of types.toReversed()) await dropAll(em, type, drops)
  for (const type of types) await putAll(em, type, puts)
}

async function putAll<T extends FactType>(em: EntityManager, type: T, puts: readonly Fact[]): Promise<void> {
  const facts = puts.filter((fact): fact is FactOf<T> => fact.type === type)
  const { put }: Written[T] = written[type]
  if (facts.length > 0) await put(em, facts)
}

async function dropAll(em: EntityManager, type: FactType, drops: readonly FactRef[]): Promise<void> {
  const ids = drops.filter((ref) => ref.type === type).map(({ id }) => id)
  if (ids.length > 0) await written[type].drop(em, ids)
}

function isFactType(name: string): name is FactType {
  return Object.hasOwn(written, name)
}
