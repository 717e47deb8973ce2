import { emptySchema, meSchema } from '@drawbridge/protocol'
import { router, signedInProcedure } from '../trpc.ts'

export const meRouter = router({
  get: signedInProcedure
    .input(emptySchema)
    .output(meSchema)
    .query(({ ctx: { caller } }) => ({
      user: caller.user,
      organization: caller.membership?.organization ?? null,
      member: caller.membership?.member ?? null,
    })),
})
