import type { Fact } from '@drawbridge/core'
import type { MikroORM } from '@mikro-orm/postgresql'
import type { Stored } from './stored.ts'

/** Writes `select … from …` of a stored type, with columns named so that `toFact` reads the rows. */
export type SelectFrom = <F extends Fact, Row extends object>(stored: Stored<F, Row>, rest: string) => string

/** Prepares what prepared statements select, from what the object mapper knows of tables and columns. */
export function createSelectFrom(orm: MikroORM): SelectFrom {
  return ({ entity }, rest) => {
    const { tableName, props } = orm.getMetadata(entity)
    const columns = props.map(({ name, fieldNames }) => `${tableName}.${fieldNames[0]} as "${name}"`)
    return `select ${columns.join(', ')} from ${tableName} ${rest}`
  }
}
