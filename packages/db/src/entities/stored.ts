import type { Fact, FactOf, FactType, Id } from '@drawbridge/core'
import type { EntityClass, EntityManager, FilterQuery } from '@mikro-orm/core'

/** Where facts of one type are kept, and the way there and back. */
export interface Stored<F extends Fact, Row extends object> {
  readonly entity: EntityClass<Row>
  toFact(row: Row): F
  find(em: EntityManager, where: FilterQuery<Row>): Promise<F[]>
  put(em: EntityManager, facts: readonly F[]): Promise<void>
  drop(em: EntityManager, ids: readonly Id[]): Promise<void>
}

/** Joins an entity with the mapping of its rows to facts. */
export function createStored<T extends FactType, Row extends { id: Id }>(
  entity: EntityClass<Row>,
  mapping: { readonly toFact: (row: Row) => FactOf<T>; readonly toRow: (fact: FactOf<T>) => Row },
): Stored<FactOf<T>, Row> {
  const { toFact, toRow } = mapping
  return {
    entity,
    toFact,
    async find(em, where) {
      const rows = await em.find(entity, where, { disableIdentityMap: true })
      return rows.map((row) => toFact(row))
    },
    async put(em, facts) {
      await em.upsertMany(entity, facts.map(toRow), { onConflictFields: ['id'], disableIdentityMap: true })
    },
    async drop(em, ids) {
      await em.nativeDelete<{ id: Id }>(entity, { id: { $in: [...ids] } })
    },
  }
}
