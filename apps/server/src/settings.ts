import { z } from 'zod'

export const defaultPort = 3000

const port = z.coerce.number().int().min(0).max(65_535)
const list = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((item) => item.trim())
      .filter(Boolean),
  )

const environmentSchema = z.object({
  PORT: port.default(defaultPort),
  HOST: z.string().default('127.0.0.1'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  DATA_DIR: z.string().default('.drawbridge'),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  ALLOWED_ORIGINS: list,
  SECRET: z.string().min(32).optional(),
  LEASE_MS: z.coerce.number().int().min(200).max(12_000).default(12_000),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  SEED: z.enum(['demo', 'none']).optional(),
})

/** What the server runs with; times in milliseconds. */
export interface Settings {
  readonly port: number
  readonly host: string
  /** Null: the embedded PostgreSQL, which keeps its files in `dataDir`. */
  readonly databaseUrl: string | null
  readonly dataDir: string
  readonly publicUrl: string
  readonly allowedOrigins: readonly string[]
  /** Null: the embedded mode keeps one of its own in `dataDir`. */
  readonly secret: string | null
  readonly leaseMs: number
  readonly logLevel: z.output<typeof environmentSchema>['LOG_LEVEL']
  readonly seed: 'demo' | 'none'
}

/** A setting that cannot be used, as one line for the operator. */
class SettingsError extends Error {
  override readonly name = 'SettingsError'
}

/** Reads the settings from environment variables (contract.md 1). */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const parsed = environmentSchema.safeParse(given)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw new SettingsError(`${issue?.path.join('.') ?? 'environment'}: ${issue?.message ?? 'not valid'}`)
  }
  const settings = parsed.data
  const isEmbedded = settings.DATABASE_URL === undefined
  if (!isEmbedded && settings.SECRET === undefined) {
    throw new SettingsError('SECRET: set at least 32 characters when DATABASE_URL is set')
  }
  if (isEmbedded && !isLoopback(settings.HOST)) {
    throw new SettingsError(
      'HOST: the embedded mode listens on loopback only; set DATABASE_URL to serve others',
    )
  }
  const publicUrl = settings.PUBLIC_URL ?? `http://${settings.HOST}:${settings.PORT}`
  return {
    port: settings.PORT,
    host: settings.HOST,
    databaseUrl: settings.DATABASE_URL ?? null,
    dataDir: settings.DATA_DIR,
    publicUrl: new URL(publicUrl).origin,
    allowedOrigins: [...new Set([new URL(publicUrl).origin, ...settings.ALLOWED_ORIGINS.map(originOf)])],
    secret: settings.SECRET ?? null,
    leaseMs: settings.LEASE_MS,
    logLevel: settings.LOG_LEVEL,
    seed: settings.SEED ?? (isEmbedded ? 'demo' : 'none'),
  }
}

/** Exact origins only: a wildcard would let any page use a visitor's cookie. */
function originOf(text: string): string {
  const { protocol, host, origin } = URL.parse(text) ?? { protocol: '', host: '', origin: '' }
  if (/^https?:$/.test(protocol) && !host.includes('*')) return origin
  throw new SettingsError(`ALLOWED_ORIGINS: ${text} is not an origin such as https://app.example`)
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)
}
