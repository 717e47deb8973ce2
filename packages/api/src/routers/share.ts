import type { ShareTarget } from '@drawbridge/core'
import {
  createShareSchema,
  createSharesSchema,
  listSharesSchema,
  setShareExpirationSchema,
  setShareRoleSchema,
  shareActSchema,
  shareInputSchema,
  shareLoweredSchema,
  sharePageSchema,
  sharePausedSchema,
  shareResumedSchema,
  sharesActSchema,
  shareTargetSchema,
} from '@drawbridge/protocol'
import { executes, subjectOf, subjectsOf } from '../execute.ts'
import type { Execution } from '../ports.ts'
import { adminProcedure, commandProcedure, router } from '../trpc.ts'

const answer = (execution: Execution) => ({ share: subjectOf(execution, 'share') })

const answerMany = (execution: Execution) => ({ shares: subjectsOf(execution, 'share') })

/** What takes away says what is still reached another way (S4). */
const answerLowered = (execution: Execution) => ({
  ...answer(execution),
  stillReaches: execution.stillReaches,
})

/** In the form asked: about one share, or about all that the caller gave in a cooperation (S8). */
const answerTarget = (execution: Execution, target: ShareTarget) =>
  'share' in target ? answer(execution) : answerMany(execution)

export const shareRouter = router({
  create: commandProcedure
    .input(createShareSchema)
    .output(shareActSchema)
    .mutation(executes('share.create', answer)),

  createMany: commandProcedure
    .input(createSharesSchema)
    .output(sharesActSchema)
    .mutation(executes('share.createMany', answerMany)),

  setRole: commandProcedure
    .input(setShareRoleSchema)
    .output(shareLoweredSchema)
    .mutation(executes('share.setRole', answerLowered)),

  setExpiration: commandProcedure
    .input(setShareExpirationSchema)
    .output(shareActSchema)
    .mutation(executes('share.setExpiration', answer)),

  pause: commandProcedure
    .input(shareTargetSchema)
    .output(sharePausedSchema)
    .mutation(
      executes('share.pause', (execution, target) => ({
        ...answerTarget(execution, target),
        stillReaches: execution.stillReaches,
      })),
    ),

  resume: commandProcedure
    .input(shareTargetSchema)
    .output(shareResumedSchema)
    .mutation(executes('share.resume', answerTarget)),

  remove: commandProcedure
    .input(shareInputSchema)
    .output(shareLoweredSchema)
    .mutation(executes('share.remove', answerLowered)),

  list: adminProcedure
    .input(listSharesSchema)
    .output(sharePageSchema)
    .query(({ ctx: { services, organization }, input: { direction, cooperation, ...page } }) =>
      services.reads.shares(organization.id, { direction, cooperation }, page),
    ),
})
