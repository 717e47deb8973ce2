import {
  emptySchema,
  memberActSchema,
  memberInputSchema,
  memberPageSchema,
  pageSchema,
  provisionMemberSchema,
  setMemberExpirationSchema,
  setMemberRoleSchema,
} from '@drawbridge/protocol'
import { executes, subjectOf } from '../execute.ts'
import type { Execution } from '../ports.ts'
import { adminProcedure, commandProcedure, router } from '../trpc.ts'

const answer = (execution: Execution) => ({ member: subjectOf(execution, 'member') })

const command = commandProcedure.input(memberInputSchema).output(memberActSchema)

export const memberRouter = router({
  list: adminProcedure
    .input(pageSchema)
    .output(memberPageSchema)
    .query(({ ctx: { services, organization }, input }) => services.reads.members(organization.id, input)),

  provision: commandProcedure
    .input(provisionMemberSchema)
    .output(memberActSchema)
    .mutation(executes('member.provision', answer)),

  setRole: commandProcedure
    .input(setMemberRoleSchema)
    .output(memberActSchema)
    .mutation(executes('member.setRole', answer)),

  pause: command.mutation(executes('member.pause', answer)),

  resume: command.mutation(executes('member.resume', answer)),

  setExpiration: commandProcedure
    .input(setMemberExpirationSchema)
    .output(memberActSchema)
    .mutation(executes('member.setExpiration', answer)),

  remove: command.mutation(executes('member.remove', answer)),

  leave: commandProcedure
    .input(emptySchema)
    .output(memberActSchema)
    .mutation(executes('member.leave', answer)),
})
