import type { Fact } from '@drawbridge/core'
import type { QueryRows } from '../connections/snapshot-pool.ts'
import type { SelectFrom } from '../entities/select-from.ts'
import type { Stored } from '../entities/stored.ts'

/** Reads facts of one type within a snapshot, by the one id it is asked with. */
export type FactQuery = (query: QueryRows, id: string) => Promise<readonly Fact[]>

/** Names and prepares a query that selects facts. */
export type CreateFactQuery = <F extends Fact, Row extends object>(
  stored: Stored<F, Row>,
  name: string,
  where: string,
) => FactQuery

/** Creates fact queries whose statements are named `<prefix>_<name>`. */
export function createFactQueries(selectFrom: SelectFrom, prefix: string): CreateFactQuery {
  return <F extends Fact, Row extends object>(stored: Stored<F, Row>, name: string, where: string) => {
    const statement = { name: `${prefix}_${name}`, text: selectFrom(stored, `where ${where}`) }
    return async (query, id) => {
      const rows = await query<Row>(statement, [id])
      return rows.map((row) => stored.toFact(row))
    }
  }
}
