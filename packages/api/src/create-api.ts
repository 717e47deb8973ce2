import { trpcServer } from '@hono/trpc-server'
import { notFound } from '@drawbridge/core'
import { Hono } from 'hono'
import { matchedRoutes } from 'hono/route'
import type { Registry } from 'prom-client'
import { createCheckRoute } from './check-route.ts'
import { createContext, type Services } from './context.ts'
import { mapError, reportError, toTrpcShape } from './error-mapping.ts'
import { createIdentifier } from './identifier.ts'
import { createMetrics } from './metrics.ts'
import type { CallerSource, Decisions, Executor, Log, Readiness, Reads } from './ports.ts'
import { limitBody, requireJson, writeError, type WriteError } from './request-limits.ts'
import { appRouter } from './router.ts'

/** How many calls one HTTP request may carry. */
const mostInBatch = 20

export interface ApiOptions {
  readonly callers: CallerSource
  readonly executor: Executor
  readonly reads: Reads
  readonly decisions: Decisions
  readonly readiness: Readiness
  readonly log: Log
  /** The process's registry, which then gets the process's own metrics too. */
  readonly metrics?: Registry
  /** Makes an organization's identifier from its name. */
  readonly newIdentifier?: (name: string) => string
}

/** The HTTP API: tRPC, `/v1/check`, health and metrics (contract.md 1). */
export function createApi({ callers, readiness, log, metrics: given, ...options }: ApiOptions): {
  readonly app: Hono
} {
  const metrics = createMetrics(given)
  const services: Services = {
    executor: options.executor,
    reads: options.reads,
    decisions: options.decisions,
    newIdentifier: options.newIdentifier ?? createIdentifier,
    observe: ({ seconds, ...labels }) => metrics.procedures.observe(labels, seconds),
  }
  const app = new Hono()

  app.use(async (context, next) => {
    const stop = metrics.requests.startTimer({ method: context.req.method })
    await next()
    stop({ route: matchedRoutes(context).at(-1)?.path ?? '', status: context.res.status })
  })

  app.use('/trpc/*', requireJson(writeTrpcError), limitBody(writeTrpcError))
  app.use(
    '/trpc/*',
    trpcServer({
      endpoint: '/trpc',
      router: appRouter,
      allowMethodOverride: true,
      maxBatchSize: mostInBatch,
      createContext: ({ req }) => createContext(services, () => callers.callerOf(req)),
      onError: ({ error, path }) => reportError(log, error, path),
    }),
  )

  app.post(
    '/v1/check',
    requireJson(writeError),
    limitBody(writeError),
    createCheckRoute({ callers, services }),
  )

  app.get('/healthz', (context) => context.json({ status: 'up' }))
  app.get('/readyz', async (context) => {
    const reason = await readiness.reasonNotReady()
    return reason === null
      ? context.json({ status: 'ready' })
      : context.json({ status: 'not ready', reason }, 503)
  })
  app.get('/metrics', async (context) =>
    context.body(await metrics.registry.metrics(), 200, { 'content-type': metrics.registry.contentType }),
  )

  app.notFound((context) => writeError(context, notFound('route')))
  app.onError((error, context) => {
    reportError(log, error, context.req.path)
    return writeError(context, error)
  })
  return { app }
}

const writeTrpcError: WriteError = (_, error) => {
  const mapped = mapError(error)
  return Response.json({ error: toTrpcShape(mapped, undefined) }, { status: mapped.status })
}
