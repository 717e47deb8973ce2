import { accessRouter } from './routers/access.ts'
import { assignmentRouter } from './routers/assignment.ts'
import { cooperationRouter } from './routers/cooperation.ts'
import { delegationRouter } from './routers/delegation.ts'
import { meRouter } from './routers/me.ts'
import { memberRouter } from './routers/member.ts'
import { organizationRouter } from './routers/organization.ts'
import { parkRouter } from './routers/park.ts'
import { portfolioRouter } from './routers/portfolio.ts'
import { shareRouter } from './routers/share.ts'
import { router } from './trpc.ts'

/** Every procedure, by noun (contract.md 2). */
export const appRouter = router({
  me: meRouter,
  organization: organizationRouter,
  member: memberRouter,
  park: parkRouter,
  portfolio: portfolioRouter,
  assignment: assignmentRouter,
  cooperation: cooperationRouter,
  share: shareRouter,
  delegation: delegationRouter,
  access: accessRouter,
})

/** The type from which clients take procedures, inputs and answers. */
export type AppRouter = typeof appRouter

/** Every procedure's path, such as `cooperation.pause`. */
export const procedurePaths: readonly string[] = Object.keys(appRouter._def.procedures)
