import type { AppRouter } from '@drawbridge/api'
import {
  createTRPCClientProxy,
  httpLink,
  isTRPCClientError,
  TRPCUntypedClient,
  type TRPCClient,
} from '@trpc/client'
import { DrawbridgeClientError, internal, isRecord, parseError, unavailable } from './errors.ts'
import type { TokenSource } from './token-source.ts'

/** The typed tRPC client; its calls fail with `DrawbridgeClientError`. */
export type ApiClient = TRPCClient<AppRouter>

export interface ApiOptions {
  readonly url: URL
  readonly tokens: TokenSource
  readonly fetch?: typeof globalThis.fetch | undefined
  /** Resolves once the own replica has what the mutation did. */
  readonly whenApplied: (version: number) => Promise<void>
}

/** A client for every procedure, whose mutations resolve once the own replica has applied them. */
export function createApiClient({
  url,
  tokens,
  fetch = globalThis.fetch,
  whenApplied,
}: ApiOptions): ApiClient {
  const link = httpLink<AppRouter>({
    url: new URL('trpc', url),
    // Queries too, because a secret in an input must not appear in a URL.
    methodOverride: 'POST',
    fetch: (input, init) =>
      fetch(input, {
        ...init,
        signal: init?.signal ?? null,
        credentials: tokens.isAbsent() ? 'include' : 'omit',
      }),
    async headers() {
      const token = await tokens.current()
      return token === undefined ? {} : { authorization: `Bearer ${token}` }
    },
  })
  return createTRPCClientProxy(new Client({ links: [link] }, { tokens, whenApplied }))
}

class Client extends TRPCUntypedClient<AppRouter> {
  readonly #tokens: TokenSource
  readonly #whenApplied: ApiOptions['whenApplied']

  constructor(
    options: ConstructorParameters<typeof TRPCUntypedClient<AppRouter>>[0],
    { tokens, whenApplied }: Pick<ApiOptions, 'tokens' | 'whenApplied'>,
  ) {
    super(options)
    this.#tokens = tokens
    this.#whenApplied = whenApplied
  }

  override async query(...call: Parameters<TRPCUntypedClient<AppRouter>['query']>): Promise<unknown> {
    return this.#translate(super.query(...call), call[2]?.signal)
  }

  override async mutation(...call: Parameters<TRPCUntypedClient<AppRouter>['mutation']>): Promise<unknown> {
    const answer = await this.#translate(super.mutation(...call), call[2]?.signal)
    if (isRecord(answer) && typeof answer['version'] === 'number') await this.#whenApplied(answer['version'])
    return answer
  }

  /** The one place where a failed call becomes a `DrawbridgeClientError`; an abort stays the caller's own reason. */
  async #translate(call: Promise<unknown>, signal: AbortSignal | undefined): Promise<unknown> {
    try {
      return await call
    } catch (error) {
      signal?.throwIfAborted()
      const translated = errorOf(error)
      if (translated.code === 'UNAUTHENTICATED') this.#tokens.forget()
      throw translated
    }
  }
}

function errorOf(error: unknown) {
  if (!isTRPCClientError<AppRouter>(error)) return internal('the call failed', { cause: error })
  if (error.cause instanceof DrawbridgeClientError) return error.cause
  const data: unknown = error.data
  const sent = isRecord(data) ? parseError(data['drawbridge'], { cause: error }) : null
  if (sent !== null) return sent
  return error.shape === undefined
    ? unavailable('the server cannot be reached', error)
    : internal(error.message, { cause: error })
}
