import {
  assignmentActSchema,
  assignmentPageSchema,
  assignmentRevokedSchema,
  grantAssignmentSchema,
  listAssignmentsSchema,
  revokeAssignmentSchema,
} from '@drawbridge/protocol'
import { executes, findSubject, subjectOf } from '../execute.ts'
import { requireOwnView } from '../require-caller.ts'
import { commandProcedure, memberProcedure, router } from '../trpc.ts'

export const assignmentRouter = router({
  grant: commandProcedure
    .input(grantAssignmentSchema)
    .output(assignmentActSchema)
    .mutation(
      executes('assignment.grant', (execution) => ({ assignment: subjectOf(execution, 'assignment') })),
    ),

  revoke: commandProcedure
    .input(revokeAssignmentSchema)
    .output(assignmentRevokedSchema)
    .mutation(
      executes('assignment.revoke', (execution) => ({ assignment: findSubject(execution, 'assignment') })),
    ),

  list: memberProcedure
    .input(listAssignmentsSchema)
    .output(assignmentPageSchema)
    .query(({ ctx: { services, organization, member }, input: { member: named, resource, ...page } }) =>
      services.reads.assignments(organization.id, { member: requireOwnView(member, named), resource }, page),
    ),
})
