import { TRPCError } from '@trpc/server'
import type { Context, MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { mapError } from './error-mapping.ts'

const mostBytes = 1024 * 1024

/** How a route writes an error. */
export type WriteError = (context: Context, error: unknown) => Response

/** Refuses bodies over 1 MiB, counted while they arrive when their length is not declared. */
export function limitBody(write: WriteError): MiddlewareHandler {
  const refused = new TRPCError({ code: 'PAYLOAD_TOO_LARGE', message: `a body may have ${mostBytes} bytes` })
  return bodyLimit({ maxSize: mostBytes, onError: (context) => write(context, refused) })
}

/** Refuses what is not JSON, in and out: tRPC by itself also takes forms and bytes, and streams lines. */
export function requireJson(write: WriteError): MiddlewareHandler {
  const refused = new TRPCError({
    code: 'UNSUPPORTED_MEDIA_TYPE',
    message: 'send and accept application/json',
  })
  return async (context, next) => {
    const { req } = context
    const [type = ''] = (req.header('content-type') ?? '').split(';')
    const isJson = req.method === 'GET' || type.trim().toLowerCase() === 'application/json'
    const accepts = [req.header('trpc-accept'), req.header('accept')].join()
    if (isJson && !/application\/jsonl|text\/event-stream/i.test(accepts)) return next()
    return write(context, refused)
  }
}

/** Writes an error as routes beside tRPC do: the body alone. */
export const writeError: WriteError = (_, error) => {
  const { body, status } = mapError(error)
  return Response.json(body, { status })
}
