import { DrawbridgeError } from '@drawbridge/core'
import { checkSchema } from '@drawbridge/protocol'
import { TRPCError } from '@trpc/server'
import type { Handler } from 'hono'
import { answerCheck } from './answer-checks.ts'
import type { Services } from './context.ts'
import type { CallerSource } from './ports.ts'
import { requireCaller, requireMembership } from './require-caller.ts'

/** One decision without tRPC's overhead: same body and answer as `access.check`. */
export function createCheckRoute({
  callers,
  services,
}: {
  readonly callers: CallerSource
  readonly services: Services
}): Handler {
  return async (context) => {
    const caller = requireCaller(await callers.callerOf(context.req.raw))
    const membership = requireMembership(caller)
    const input = checkSchema.safeParse(parseJson(await context.req.text()))
    // As tRPC reports it, so that both are mapped alike.
    if (!input.success) throw new TRPCError({ code: 'BAD_REQUEST', cause: input.error })
    return context.json(await answerCheck(services, membership, input.data))
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new DrawbridgeError('INVALID_INPUT', 'the body is not JSON', { field: '' }, { cause })
  }
}
