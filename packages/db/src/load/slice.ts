import { FactSet, type Fact, type Id, type OrganizationId } from '@drawbridge/core'
import type { EntityManager, FilterQuery } from '@mikro-orm/postgresql'
import type { Stored } from '../entities/stored.ts'

/** The facts that one command needs, gathered step by step. */
export class Slice {
  readonly facts = new FactSet()
  /** The acting organization; null for a user without one. */
  readonly organization: OrganizationId | null
  readonly #em: EntityManager

  constructor(em: EntityManager, organization: OrganizationId | null) {
    this.#em = em
    this.organization = organization
  }

  /** Adds the facts of one type that fit, and answers them. */
  async load<F extends Fact, Row extends object>(
    stored: Stored<F, Row>,
    where: FilterQuery<Row>,
  ): Promise<readonly F[]> {
    const found = await this.find(stored, where)
    for (const fact of found) this.facts.put(fact)
    return found
  }

  /** As `load`, without adding: for what has yet to be picked from. */
  async find<F extends Fact, Row extends object>(
    stored: Stored<F, Row>,
    where: FilterQuery<Row>,
  ): Promise<readonly F[]> {
    return stored.find(this.#em, where)
  }

  /** The ids that a query selects, where finding them takes more than a condition. */
  async ids(query: string, parameters: readonly unknown[]): Promise<Id[]> {
    const rows = await this.#em.execute<{ id: Id }[]>(query, [...parameters])
    return rows.map(({ id }) => id)
  }
}
