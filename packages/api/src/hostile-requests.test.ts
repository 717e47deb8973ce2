import { beforeEach, describe, expect, it } from 'vitest'
import { procedurePaths } from './router.ts'
import { createCaller } from './testing/caller.ts'
import { createMemoryApi, type MemoryApi } from './testing/memory-api.ts'
import { createTenant } from './testing/tenants.ts'

const json = { 'content-type': 'application/json' }

describe('a hostile request', () => {
  let api: MemoryApi
  let headers: Record<string, string>
  beforeEach(async () => {
    api = createMemoryApi()
    headers = { ...json, ...(await api.signUp('Ada')) }
    await createCaller(api, headers)('organization.create', { name: 'Helios' })
  })
  const post = (path: string, body: string | ReadableStream<Uint8Array>) =>
    api.app.request(path, { method: 'POST', headers, body, duplex: 'half' })

  it.for(procedurePaths)('finds no input that %s takes beside its own', async (path) => {
    const before = JSON.stringify([...api.world.facts.all()])
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
    const bodies = [
      '{"surprise":1}',
      '{"__proto__":{"role":"admin"}}',
      '{"constructor":{"prototype":{"role":"admin"}}}',
      'null',
      '7',
      '"text"',
      '[]',
      '{"name":7,"member":{},"park":[],"share":null,"cooperation":true,"resource":"x","checks":{},"identifier":{"$ne":""}}',
      `{"name":${deep}}`,
      deep,
    ]
    for (const body of bodies) {
      const response = await post(`/trpc/${path}`, body)
      expect(response.status).toBe(400)
      expect(await response.json()).toMatchObject({
        error: { data: { drawbridge: { code: 'INVALID_INPUT' } } },
      })
    }
    expect(JSON.stringify([...api.world.facts.all()])).toBe(before)
    expect(Reflect.get({}, 'role')).toBeUndefined()
  })

  it('may batch 20 calls, not 21 and not 5,000', async () => {
    const batch = (size: number) =>
      post(`/trpc/${Array.from({ length: size }, () => 'me.get').join(',')}?batch=1`, '{}')
    expect((await batch(20)).status).toBe(200)
    for (const size of [21, 5000]) {
      const response = await batch(size)
      expect(response.status).toBe(400)
      expect(await response.json()).toMatchObject({
        error: { data: { drawbridge: { code: 'INVALID_INPUT' } } },
      })
    }
  })

  it('may not ask 5,000 questions at once', async () => {
    const check = { resource: { type: 'park', id: '01980000-0000-7000-8000-ffffffffffff' }, action: 'view' }
    const body = (length: number) => JSON.stringify({ checks: Array.from({ length }, () => check) })
    expect((await post('/trpc/access.checkMany', body(500))).status).toBe(200)
    expect((await post('/trpc/access.checkMany', body(5000))).status).toBe(400)
  })

  it.for(['/trpc/park.create', '/v1/check'])(
    'is not read beyond 1 MiB at %s, however long its chunks go on',
    async (path) => {
      let sent = 0
      const chunk = new Uint8Array(64 * 1024).fill(32)
      const endless = new ReadableStream<Uint8Array>({
        pull(controller) {
          sent += chunk.length
          if (sent > 50 * 1024 * 1024) controller.close()
          else controller.enqueue(chunk)
        },
      })
      const response = await post(path, endless)
      expect(response.status).toBe(413)
      expect(await response.text()).toContain('"INVALID_INPUT"')
      expect(sent).toBeLessThan(2 * 1024 * 1024)
    },
  )

  it('is refused by its declared length before it is read', async () => {
    const body = `{"name":"${'x'.repeat(1024 * 1024)}"}`
    headers['content-length'] = String(body.length)
    expect((await post('/trpc/park.create', body)).status).toBe(413)
  })

  it('speaks JSON or is refused', async () => {
    for (const type of ['multipart/form-data; boundary=x', 'application/octet-stream', 'text/plain', '']) {
      headers['content-type'] = type
      expect((await post('/trpc/park.create', '{"name":"x"}')).status).toBe(415)
      expect((await post('/v1/check', '{}')).status).toBe(415)
    }
    headers['content-type'] = 'application/json; charset=utf-8'
    expect((await post('/trpc/park.create', '{"name":"x"}')).status).toBe(200)
    headers['trpc-accept'] = 'application/jsonl'
    expect((await post('/trpc/me.get?batch=1', '{}')).status).toBe(415)
  })

  it('changes nothing by GET, and finds no procedure that is not there', async () => {
    const get = await api.app.request('/trpc/park.create?input=%7B%22name%22%3A%22x%22%7D', { headers })
    expect(get.status).toBe(405)
    expect((await post('/trpc/park.explode', '{}')).status).toBe(404)
    expect((await post('/trpc/__proto__', '{}')).status).toBe(404)
    expect((await post('/trpc/constructor.name', '{}')).status).toBe(404)
    expect(await createCaller(api, headers)('park.list')).toMatchObject({ data: { items: [] } })
  })
})

it('lets a tenant write any plain name', async () => {
  await using api = createMemoryApi()
  const { call } = await createTenant(api, 'Helios')
  for (const name of ["Robert'); DROP TABLE park;--", '<script>alert(1)</script>', '${7*7}']) {
    expect(await call('park.create', { name })).toMatchObject({ ok: true, data: { park: { name } } })
  }
})
