import {
  createPortfolioSchema,
  pageSchema,
  portfolioActSchema,
  portfolioAnswerSchema,
  portfolioInputSchema,
  portfolioPageSchema,
  portfolioParkSchema,
  updatePortfolioSchema,
} from '@drawbridge/protocol'
import { executes, subjectOf } from '../execute.ts'
import type { Execution } from '../ports.ts'
import { isAdmin } from '../require-caller.ts'
import { commandProcedure, memberProcedure, router } from '../trpc.ts'
import { listReached, requireVisible } from '../visible-resources.ts'

const answer = (execution: Execution) => ({ portfolio: subjectOf(execution, 'portfolio') })

export const portfolioRouter = router({
  create: commandProcedure
    .input(createPortfolioSchema)
    .output(portfolioActSchema)
    .mutation(executes('portfolio.create', answer)),

  list: memberProcedure
    .input(pageSchema)
    .output(portfolioPageSchema)
    .query(({ ctx, input: page }) => {
      const { reads } = ctx.services
      if (isAdmin(ctx.member)) return reads.portfolios(ctx.organization.id, page)
      return listReached(ctx, { type: 'portfolio', page }, async (id) => {
        const found = await reads.portfolio(id)
        return found?.portfolio ?? null
      })
    }),

  get: memberProcedure
    .input(portfolioInputSchema)
    .output(portfolioAnswerSchema)
    .query(async ({ ctx, input: { portfolio: id } }) => {
      const found = await ctx.services.reads.portfolio(id)
      const owner = found?.portfolio.organization
      return requireVisible(ctx, { type: 'portfolio', id }, { found, owner })
    }),

  update: commandProcedure
    .input(updatePortfolioSchema)
    .output(portfolioActSchema)
    .mutation(executes('portfolio.update', answer)),

  addPark: commandProcedure
    .input(portfolioParkSchema)
    .output(portfolioActSchema)
    .mutation(executes('portfolio.addPark', answer)),

  removePark: commandProcedure
    .input(portfolioParkSchema)
    .output(portfolioActSchema)
    .mutation(executes('portfolio.removePark', answer)),

  remove: commandProcedure
    .input(portfolioInputSchema)
    .output(portfolioActSchema)
    .mutation(executes('portfolio.remove', answer)),
})
