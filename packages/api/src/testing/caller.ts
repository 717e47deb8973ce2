import { errorBodySchema } from '@drawbridge/protocol'
import { z } from 'zod'
import { testOrigin, type ApiEnvironment } from './environment.ts'

const errorSchema = z.strictObject({
  error: z.strictObject({
    message: z.string(),
    code: z.int(),
    data: z.strictObject({
      code: z.string(),
      httpStatus: z.int(),
      path: z.string().optional(),
      drawbridge: errorBodySchema,
    }),
  }),
})
const resultSchema = z.strictObject({ result: z.strictObject({ data: z.unknown() }) })

/** How a call came out: its answer, or its error with nothing beside the agreed shape. */
export type CallOutcome =
  | { readonly ok: true; readonly data: unknown }
  | { readonly ok: false; readonly status: number; readonly error: z.output<typeof errorBodySchema> }

/** Calls procedures as one user. */
export type TestCaller = (path: string, input?: unknown) => Promise<CallOutcome>

/** Calls procedures by POST, as clients do. */
export function createCaller(
  { fetch }: Pick<ApiEnvironment, 'fetch'>,
  headers: Readonly<Record<string, string>> = {},
): TestCaller {
  return async (path, input) => {
    const request = new Request(`${testOrigin}/trpc/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(input) ?? '',
    })
    const response = await fetch(request)
    const body: unknown = await response.json()
    if (response.ok) return { ok: true, data: resultSchema.parse(body).result.data }
    const { data } = errorSchema.parse(body).error
    return { ok: false, status: response.status, error: data.drawbridge }
  }
}

/** The answer of a call that is expected to succeed, in the shape expected. */
export async function answerOf<S extends z.ZodType>(
  outcome: Promise<CallOutcome>,
  schema: S,
): Promise<z.output<S>> {
  const result = await outcome
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.error)}`)
  return schema.parse(result.data)
}
