import {
  createParkSchema,
  pageSchema,
  parkActSchema,
  parkAnswerSchema,
  parkInputSchema,
  parkPageSchema,
  updateParkSchema,
} from '@drawbridge/protocol'
import { executes, subjectOf } from '../execute.ts'
import type { Execution } from '../ports.ts'
import { isAdmin } from '../require-caller.ts'
import { commandProcedure, memberProcedure, router } from '../trpc.ts'
import { listReached, requireVisible } from '../visible-resources.ts'

const answer = (execution: Execution) => ({ park: subjectOf(execution, 'park') })

export const parkRouter = router({
  create: commandProcedure
    .input(createParkSchema)
    .output(parkActSchema)
    .mutation(executes('park.create', answer)),

  list: memberProcedure
    .input(pageSchema)
    .output(parkPageSchema)
    .query(({ ctx, input: page }) => {
      const { reads } = ctx.services
      if (isAdmin(ctx.member)) return reads.parks(ctx.organization.id, page)
      return listReached(ctx, { type: 'park', page }, (id) => reads.park(id))
    }),

  get: memberProcedure
    .input(parkInputSchema)
    .output(parkAnswerSchema)
    .query(async ({ ctx, input: { park: id } }) => {
      const found = await ctx.services.reads.park(id)
      const park = await requireVisible(ctx, { type: 'park', id }, { found, owner: found?.organization })
      return { park }
    }),

  update: commandProcedure
    .input(updateParkSchema)
    .output(parkActSchema)
    .mutation(executes('park.update', answer)),

  remove: commandProcedure
    .input(parkInputSchema)
    .output(parkActSchema)
    .mutation(executes('park.remove', answer)),
})
