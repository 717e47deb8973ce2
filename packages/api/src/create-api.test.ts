import { decisionSchema, parkActSchema } from '@drawbridge/protocol'
import { Registry } from 'prom-client'
import { expect, it } from 'vitest'
import { answerOf, createCaller } from './testing/caller.ts'
import { createMemoryApi } from './testing/memory-api.ts'

it('is up without asking anything, and ready only when nothing stands against it', async () => {
  let reason: string | null = null
  await using api = createMemoryApi({ readiness: { reasonNotReady: async () => reason } })
  expect((await api.app.request('/healthz')).status).toBe(200)
  expect((await api.app.request('/readyz')).status).toBe(200)

  reason = 'the change feed is 8 s behind'
  const response = await api.app.request('/readyz')
  expect(response.status).toBe(503)
  expect(await response.json()).toEqual({ status: 'not ready', reason })
  expect((await api.app.request('/healthz')).status).toBe(200)
})

it('tells how long requests and procedures took, by route and outcome', async () => {
  await using api = createMemoryApi({ metrics: new Registry() })
  const call = createCaller(api, await api.signUp('Ada'))
  await call('me.get')
  await call('park.list')
  await api.app.request('/nowhere/secret-token')

  const response = await api.app.request('/metrics')
  expect(response.headers.get('content-type')).toContain('text/plain')
  const text = await response.text()
  expect(text).toContain('drawbridge_procedure_duration_seconds_count{procedure="me.get",outcome="ok"} 1')
  expect(text).toContain(
    'drawbridge_procedure_duration_seconds_count{procedure="park.list",outcome="NOT_FOUND"} 1',
  )
  expect(text).toContain(
    'drawbridge_http_request_duration_seconds_count{method="POST",route="/trpc/*",status="200"} 1',
  )
  expect(text).toContain('process_cpu_seconds_total')
  expect(text).not.toContain('secret-token')
})

it('answers one check by /v1/check as access.check does', async () => {
  await using api = createMemoryApi()
  const headers = { 'content-type': 'application/json', ...(await api.signUp('Ada')) }
  const call = createCaller(api, headers)
  const check = async (body: object, sent: Record<string, string> = headers) =>
    api.app.request('/v1/check', { method: 'POST', headers: sent, body: JSON.stringify(body) })
  const question = {
    resource: { type: 'park', id: '01980000-0000-7000-8000-ffffffffffff' },
    action: 'operate',
  }

  expect((await check(question, { 'content-type': 'application/json' })).status).toBe(401)
  expect((await check(question)).status).toBe(404)
  await call('organization.create', { name: 'Helios' })
  const { park } = await answerOf(call('park.create', { name: 'North' }), parkActSchema)
  for (const id of [park.id, question.resource.id]) {
    const asked = { ...question, resource: { type: 'park', id } }
    const response = await check(asked)
    expect(response.status).toBe(200)
    const decision: unknown = await response.json()
    expect(decisionSchema.strict().parse(decision).allowed).toBe(id === park.id)
    expect(await call('access.check', asked)).toEqual({ ok: true, data: decision })
  }
})

it('answers an unknown route in the shape of every error', async () => {
  await using api = createMemoryApi()
  const response = await api.app.request('/nowhere')
  expect(response.status).toBe(404)
  expect(await response.json()).toEqual({
    code: 'NOT_FOUND',
    message: 'no such route',
    details: { what: 'route' },
  })
})

it('checks the credential once for all calls of a batch', async () => {
  let checked = 0
  const callers = {
    callerOf: async () => {
      checked += 1
      return null
    },
  }
  await using api = createMemoryApi({ callers })
  const headers = { 'content-type': 'application/json' }
  await api.app.request('/trpc/me.get,park.list?batch=1', { method: 'POST', headers, body: '{}' })
  expect(checked).toBe(1)
})
