import { initTRPC } from '@trpc/server'
import type { Context } from './context.ts'
import { mapError, toTrpcShape } from './error-mapping.ts'
import {
  requireAdmin,
  requireCaller,
  requireMembership,
  requireOpenPlace,
  requireOrganization,
} from './require-caller.ts'

const t = initTRPC.context<Context>().create({
  isDev: false,
  errorFormatter: ({ error, shape }) => toTrpcShape(mapError(error), shape.data.path),
})

export const { router } = t

const measuredProcedure = t.procedure.use(async ({ ctx, path, next }) => {
  const start = performance.now()
  const result = await next()
  const outcome = result.ok ? 'ok' : mapError(result.error).body.code
  ctx.services.observe({ procedure: path, outcome, seconds: (performance.now() - start) / 1000 })
  return result
})

/** For anyone signed in. */
export const signedInProcedure = measuredProcedure.use(async ({ ctx, next }) => {
  return next({ ctx: { caller: requireCaller(await ctx.callerOf()) } })
})

/** For commands of an organization: its rule knows who may, and refuses a closed membership under the lock. */
export const commandProcedure = signedInProcedure.use(({ ctx, next }) => {
  requireOrganization(ctx.caller)
  return next()
})

/** For members, paused and expired ones included. */
export const anyMemberProcedure = signedInProcedure.use(({ ctx, next }) => {
  return next({ ctx: requireMembership(ctx.caller) })
})

/** For members whose membership is open (O4). */
export const memberProcedure = signedInProcedure.use(({ ctx, next }) => {
  return next({ ctx: requireOpenPlace(ctx.caller) })
})

/** For admins. */
export const adminProcedure = memberProcedure.use(({ ctx, next }) => {
  requireAdmin(ctx.member)
  return next()
})
