import { isExpired, notFound, type CauseType, type Cooperation } from '@drawbridge/core'
import {
  cooperationActSchema,
  cooperationAnswerSchema,
  cooperationInputSchema,
  cooperationPageSchema,
  inviteCooperationSchema,
  listCooperationsSchema,
  setCooperationExpirationSchema,
  type CooperationStatus,
} from '@drawbridge/protocol'
import { executes, subjectOf } from '../execute.ts'
import type { Execution } from '../ports.ts'
import { adminProcedure, commandProcedure, router } from '../trpc.ts'

const terminal = {
  'cooperation.declined': 'declined',
  'cooperation.cancelled': 'cancelled',
  'cooperation.removed': 'removed',
  'cooperation.left': 'left',
} as const

/** What is shown of a cooperation's state after an act: expired wins over paused (C2). */
function statusAfter(
  { cause, at }: Execution,
  { state, pausedAt, expiresAt }: Cooperation,
): CooperationStatus {
  if (isTerminal(cause)) return terminal[cause]
  if (state === 'pending') return state
  if (isExpired(expiresAt, at)) return 'expired'
  return pausedAt === null ? 'active' : 'paused'
}

function isTerminal(cause: CauseType): cause is keyof typeof terminal {
  return Object.hasOwn(terminal, cause)
}

function answer(execution: Execution) {
  const cooperation = subjectOf(execution, 'cooperation')
  return { cooperation: { ...cooperation, status: statusAfter(execution, cooperation) } }
}

const command = commandProcedure.input(cooperationInputSchema).output(cooperationActSchema)

export const cooperationRouter = router({
  invite: commandProcedure
    .input(inviteCooperationSchema)
    .output(cooperationActSchema)
    .mutation(executes('cooperation.invite', answer)),

  list: adminProcedure
    .input(listCooperationsSchema)
    .output(cooperationPageSchema)
    .query(({ ctx: { services, organization }, input: { direction, search, ...page } }) =>
      services.reads.cooperations(organization.id, { direction, search }, page),
    ),

  get: adminProcedure
    .input(cooperationInputSchema)
    .output(cooperationAnswerSchema)
    .query(async ({ ctx: { services, organization }, input }) => {
      const cooperation = await services.reads.cooperation(organization.id, input.cooperation)
      if (cooperation === null) throw notFound('cooperation')
      return { cooperation }
    }),

  accept: command.mutation(executes('cooperation.accept', answer)),

  decline: command.mutation(executes('cooperation.decline', answer)),

  cancel: command.mutation(executes('cooperation.cancel', answer)),

  pause: command.mutation(executes('cooperation.pause', answer)),

  resume: command.mutation(executes('cooperation.resume', answer)),

  setExpiration: commandProcedure
    .input(setCooperationExpirationSchema)
    .output(cooperationActSchema)
    .mutation(executes('cooperation.setExpiration', answer)),

  remove: command.mutation(executes('cooperation.remove', answer)),

  leave: command.mutation(executes('cooperation.leave', answer)),
})
