import type { Fact, FactOf, FactRef, FactType, Id } from '@drawbridge/core'
import type { EntityClass, EntityManager, FilterQuery } from '@mikro-orm/core'

/** Where facts of one type are kept, and the way there and back. */
export interface Stored<F extends Fact, Row extends object> {
  readonly entity: EntityClass<Row>
  readonly toFact: (row: Row) => F
  readonly find: (em: EntityManager, where: FilterQuery<Row>) => Promise<F[]>
  /** Writes those of the facts that are of this type. */
  readonly put: (em: EntityManager, facts: readonly Fact[]) => Promise<void>
  /** Deletes those of the facts that are of this type. */
  readonly drop: (em: EntityManager, refs: readonly FactRef[]) => Promise<void>
}

/** Joins an entity with the mapping of its rows to facts of a type. */
export function createStored<T extends FactType, Row extends { id: Id }>(
  type: T,
  entity: EntityClass<Row>,
  mapping: { readonly toFact: (row: Row) => FactOf<T>; readonly toRow: (fact: FactOf<T>) => Row },
): Stored<FactOf<T>, Row> {
  const { toFact, toRow } = mapping
  const isOfType = (fact: Fact): fact is FactOf<T> => fact.type === type
  return {
    entity,
    toFact,
    async find(em, where) {
      const rows = await em.find(entity, where, { disableIdentityMap: true })
      return rows.map((row) => toFact(row))
    },
    async put(em, facts) {
      const rows = facts.filter(isOfType).map(toRow)
      if (rows.length === 0) return
      await em.upsertMany(entity, rows, { onConflictFields: ['id'], disableIdentityMap: true })
    },
    async drop(em, refs) {
      const ids = refs.filter((ref) => ref.type === type).map(({ id }) => id)
      if (ids.length > 0) await em.nativeDelete<{ id: Id }>(entity, { id: { $in: ids } })
    },
  }
}
