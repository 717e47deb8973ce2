import {
  createOrganizationSchema,
  emptySchema,
  findOrganizationSchema,
  foundOrganizationSchema,
  organizationActSchema,
  organizationAnswerSchema,
  organizationCreatedSchema,
  updateOrganizationSchema,
} from '@drawbridge/protocol'
import { executes, subjectOf } from '../execute.ts'
import type { Execution } from '../ports.ts'
import { requireOpenPlace } from '../require-caller.ts'
import { commandProcedure, memberProcedure, router, signedInProcedure } from '../trpc.ts'

const answer = (execution: Execution) => ({ organization: subjectOf(execution, 'organization') })

const create = executes('organization.create', (execution) => ({
  ...answer(execution),
  member: subjectOf(execution, 'member'),
}))

export const organizationRouter = router({
  create: signedInProcedure
    .input(createOrganizationSchema)
    .output(organizationCreatedSchema)
    .mutation(({ ctx, input }) =>
      create({ ctx, input: { ...input, identifier: ctx.services.newIdentifier(input.name) } }),
    ),

  get: memberProcedure
    .input(emptySchema)
    .output(organizationAnswerSchema)
    .query(({ ctx: { organization } }) => ({ organization })),

  update: commandProcedure
    .input(updateOrganizationSchema)
    .output(organizationActSchema)
    .mutation(executes('organization.update', answer)),

  remove: commandProcedure
    .input(emptySchema)
    .output(organizationActSchema)
    .mutation(executes('organization.remove', answer)),

  find: signedInProcedure
    .input(findOrganizationSchema)
    .output(foundOrganizationSchema)
    .query(async ({ ctx: { caller, services }, input }) => {
      if (caller.membership !== null) requireOpenPlace(caller)
      const found = await services.reads.organizationByIdentifier(input.identifier)
      // A placeholder is never found (O2).
      if (found?.status !== 'registered' || found.identifier === null) return null
      return { identifier: found.identifier, name: found.name }
    }),
})
