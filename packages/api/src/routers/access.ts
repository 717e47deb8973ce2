import { notFound } from '@drawbridge/core'
import {
  checkManySchema,
  checkSchema,
  decisionSchema,
  decisionsSchema,
  listAccessSchema,
  reachedResourcePageSchema,
  reachingMemberPageSchema,
  snapshotInputSchema,
  snapshotSchema,
  whoSchema,
} from '@drawbridge/protocol'
import { answerCheck, answerChecks, findMember } from '../answer-checks.ts'
import { adminProcedure, anyMemberProcedure, memberProcedure, router } from '../trpc.ts'

export const accessRouter = router({
  check: anyMemberProcedure
    .input(checkSchema)
    .output(decisionSchema)
    .query(({ ctx, input }) => answerCheck(ctx.services, ctx, input)),

  checkMany: anyMemberProcedure
    .input(checkManySchema)
    .output(decisionsSchema)
    .query(({ ctx, input }) => answerChecks(ctx.services, ctx, input.checks)),

  list: memberProcedure
    .input(listAccessSchema)
    .output(reachedResourcePageSchema)
    .query(({ ctx: { services, member }, input: { type, action, ...page } }) =>
      services.decisions.list(member.id, { type, action }, page),
    ),

  who: adminProcedure
    .input(whoSchema)
    .output(reachingMemberPageSchema)
    .query(async ({ ctx: { services, organization }, input: { resource, ...page } }) => {
      const found = await services.decisions.who(organization.id, resource, page)
      if (found === null) throw notFound(resource.type)
      return found
    }),

  snapshot: memberProcedure
    .input(snapshotInputSchema)
    .output(snapshotSchema)
    .query(async ({ ctx, input }) => {
      const member = await findMember(ctx.services, ctx, input.member)
      const organization = ctx.organization.id
      const { version, facts } = await ctx.services.decisions.memberSnapshot(member)
      const isOwn = facts.some(
        (fact) => fact.type === 'member' && fact.id === member && fact.organization === organization,
      )
      if (!isOwn) throw notFound('member')
      return { organization, member, version, facts }
    }),
})
