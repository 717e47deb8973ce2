import {
  delegationActSchema,
  delegationPageSchema,
  delegationRevokedSchema,
  delegationsActSchema,
  grantDelegationSchema,
  grantDelegationsSchema,
  listDelegationsSchema,
  revokeDelegationSchema,
} from '@drawbridge/protocol'
import { executes, findSubject, subjectOf, subjectsOf } from '../execute.ts'
import { requireOwnView } from '../require-caller.ts'
import { commandProcedure, memberProcedure, router } from '../trpc.ts'

export const delegationRouter = router({
  grant: commandProcedure
    .input(grantDelegationSchema)
    .output(delegationActSchema)
    .mutation(
      executes('delegation.grant', (execution) => ({ delegation: subjectOf(execution, 'delegation') })),
    ),

  grantMany: commandProcedure
    .input(grantDelegationsSchema)
    .output(delegationsActSchema)
    .mutation(
      executes('delegation.grantMany', (execution) => ({
        delegations: subjectsOf(execution, 'delegation'),
      })),
    ),

  revoke: commandProcedure
    .input(revokeDelegationSchema)
    .output(delegationRevokedSchema)
    .mutation(
      executes('delegation.revoke', (execution) => ({ delegation: findSubject(execution, 'delegation') })),
    ),

  list: memberProcedure
    .input(listDelegationsSchema)
    .output(delegationPageSchema)
    .query(({ ctx: { services, organization, member }, input: { share, member: named, ...page } }) =>
      services.reads.delegations(organization.id, { share, member: requireOwnView(member, named) }, page),
    ),
})
