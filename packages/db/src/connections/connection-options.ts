import pg from 'pg'

const { builtins, getTypeParser } = pg.types
const types = {
  // Versions and counts stay far below 2^53.
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    oid === builtins.INT8 && format !== 'binary' ? Number : getTypeParser(oid, format),
}

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
