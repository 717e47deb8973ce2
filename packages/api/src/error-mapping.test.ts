import { DrawbridgeError } from '@drawbridge/core'
import { errorBodySchema } from '@drawbridge/protocol'
import { describe, expect, it } from 'vitest'
import { createCaller } from './testing/caller.ts'
import { testOrigin } from './testing/environment.ts'
import { createMemoryApi } from './testing/memory-api.ts'
import { createTenant } from './testing/tenants.ts'

const secret = 'connect postgres://admin:hunter2@db failed'

describe('an error', () => {
  it('of the domain carries its code and details, and a fitting status', async () => {
    await using api = createMemoryApi()
    const { call, identifier, organization } = await createTenant(api, 'Helios')
    expect(await call('cooperation.invite', { identifier })).toMatchObject({
      status: 400,
      error: { code: 'SELF_COOPERATION', details: {} },
    })
    expect(await call('member.leave')).toMatchObject({ status: 409, error: { code: 'LAST_ADMIN' } })
    expect(await call('park.get', { park: organization })).toMatchObject({
      status: 404,
      error: { code: 'NOT_FOUND', message: 'no such park', details: { what: 'park' } },
    })
    expect(api.logged).toEqual([])
  })

  it('that asks to try again is 503', async () => {
    const busy = new DrawbridgeError('UNAVAILABLE', 'the organization is busy', { retryAfterMs: 250 })
    await using api = createMemoryApi({ executor: { execute: () => Promise.reject(busy) } })
    const call = createCaller(api, await api.signUp('Ada'))
    expect(await call('organization.create', { name: 'Helios' })).toEqual({
      ok: false,
      status: 503,
      error: { code: 'UNAVAILABLE', message: 'the organization is busy', details: { retryAfterMs: 250 } },
    })
  })

  it('that nobody foresaw is told by a correlation id alone, under which it is logged', async () => {
    const failure = new Error(secret)
    await using api = createMemoryApi({ executor: { execute: () => Promise.reject(failure) } })
    const call = createCaller(api, await api.signUp('Ada'))
    const outcome = await call('organization.create', { name: 'Helios' })

    const correlationId = expect.stringMatching(/^[0-9a-f-]{36}$/)
    const error = { code: 'INTERNAL', message: 'something went wrong', details: { correlationId } }
    expect(outcome).toEqual({ ok: false, status: 500, error })
    expect(api.logged).toHaveLength(1)
    const told = outcome.ok ? undefined : outcome.error.details
    expect(api.logged[0]?.details).toMatchObject({ err: failure, at: 'organization.create', ...told })
  })

  it('that nobody foresaw leaks nothing on any route', async () => {
    await using api = createMemoryApi({
      callers: { callerOf: () => Promise.reject(new Error(secret)) },
      readiness: { reasonNotReady: () => Promise.reject(new Error(secret)) },
    })
    const json = { 'content-type': 'application/json' }
    const responses = [
      await api.app.request('/trpc/me.get'),
      await api.app.request('/trpc/me.get,me.get?batch=1', { method: 'POST', headers: json, body: '{}' }),
      await api.app.request('/v1/check', { method: 'POST', headers: json, body: '{}' }),
      await api.app.request('/readyz'),
    ]
    for (const response of responses) {
      expect(response.status).toBe(500)
      const text = await response.text()
      expect(text).toContain('"INTERNAL"')
      expect(text).not.toMatch(/hunter2|postgres|stack|\.ts|node_modules/)
    }
    expect(api.logged).toHaveLength(5)
  })

  it('of a port that answers what was not agreed is the server’s, not the caller’s', async () => {
    const wrong = {
      act: null,
      at: '',
      cause: 'organization.created',
      version: 0.5,
      subjects: [],
      stillReaches: [],
    } as const
    await using api = createMemoryApi({ executor: { execute: async () => wrong } })
    const call = createCaller(api, await api.signUp('Ada'))
    expect(await call('organization.create', { name: 'Helios' })).toMatchObject({
      status: 500,
      error: { code: 'INTERNAL' },
    })
  })
})

describe('wrong input', () => {
  it('names the first field as a dotted path', async () => {
    await using api = createMemoryApi()
    const { call } = await createTenant(api, 'Helios')
    const resource = { type: 'park', id: 'x' }
    const fields: readonly (readonly [string, unknown, string])[] = [
      ['access.check', { resource, action: 'view' }, 'resource.id'],
      ['access.checkMany', { checks: [{ resource, action: 'view' }] }, 'checks.0.resource.id'],
      ['park.create', { name: 'North', isAdmin: true }, 'isAdmin'],
      ['park.create', {}, 'name'],
      ['park.create', [], ''],
      ['share.pause', {}, ''],
    ]
    for (const [path, input, field] of fields) {
      const error = { code: 'INVALID_INPUT', details: { field } }
      expect(await call(path, input)).toMatchObject({ ok: false, status: 400, error })
    }
  })

  it('S2: that would let operator cross is ROLE_NOT_SHAREABLE', async () => {
    await using api = createMemoryApi()
    const { call, organization } = await createTenant(api, 'Helios')
    const input = {
      cooperation: organization,
      resource: { type: 'park', id: organization },
      role: 'operator',
    }
    const refused = { status: 400, error: { code: 'ROLE_NOT_SHAREABLE', details: { role: 'operator' } } }
    expect(await call('share.create', input)).toMatchObject(refused)
    expect(await call('share.createMany', { shares: [input] })).toMatchObject(refused)
    expect(await call('share.setRole', { share: organization, role: 'operator' })).toMatchObject(refused)
    expect(await call('share.setRole', { share: organization, role: 'owner' })).toMatchObject({
      error: { code: 'INVALID_INPUT', details: { field: 'role' } },
    })
  })

  it('is refused by routes beside tRPC in the same shape', async () => {
    await using api = createMemoryApi()
    const headers = { 'content-type': 'application/json', ...(await api.signUp('Ada')) }
    await createCaller(api, headers)('organization.create', { name: 'Helios' })
    for (const body of ['', '{', '[]', '{"action":"view"}', '{"resource":{"type":"park"},"action":"view"}']) {
      const response = await api.fetch(
        new Request(`${testOrigin}/v1/check`, { method: 'POST', headers, body }),
      )
      expect(response.status).toBe(400)
      expect(errorBodySchema.parse(await response.json()).code).toBe('INVALID_INPUT')
    }
  })
})
