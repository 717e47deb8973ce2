import pg from 'pg'

const types = new pg.TypeOverrides()
// Versions and counts stay far below 2^53.
types.setTypeParser(pg.types.builtins.INT8, Number)

/** What every connection beside the object mapper's has in common. */
export function connectionOptions(url: string): pg.ClientConfig {
  return {
    connectionString: url,
    types,
    keepAlive: true,
    connectionTimeoutMillis: 5_000,
    application_name: 'drawbridge',
  }
}
