import { isDrawbridgeError } from '@drawbridge/core'
import { expect, it, vi } from 'vitest'
import { createDrawbridge } from './create-drawbridge.ts'
import { DrawbridgeClientError } from './errors.ts'
import { connect } from './fixtures/connect.ts'
import { ada, sun } from './fixtures/park-world.ts'
import { ScriptedServer } from './fixtures/scripted-server.ts'

const cooperation = 'cooperation'

it('resolves a mutation once the own replica has applied it', async () => {
  await using server = await ScriptedServer.start()
  const { script } = server
  server.procedures.set('cooperation.pause', () => {
    // The answer overtakes the change.
    const change = script.world.run(ada, { type: 'cooperation.pause', input: { cooperation } })
    setTimeout(() => script.tell(change), 100)
    return { data: { act: change.act, version: change.version } }
  })
  await using bridge = connect(server)
  await bridge.ready()
  await bridge.api.cooperation.pause.mutate({ cooperation })
  expect(bridge.decide('view', sun)).toMatchObject({ reason: 'cooperation_paused', version: 8 })
})

it('resolves a mutation that does not concern the member as soon as the server says that it told all', async () => {
  await using server = await ScriptedServer.start()
  server.procedures.set('cooperation.pause', () => ({ data: { version: 9 } }))
  server.script.lease = { complete: 8 }
  await using bridge = connect(server)
  await bridge.ready()
  const resolved = vi.fn<() => void>()
  const mutation = bridge.api.cooperation.pause.mutate({ cooperation }).then(resolved)
  await vi.waitFor(() => expect(server.script.renewals.length).toBeGreaterThan(3))
  expect(resolved).not.toHaveBeenCalled()
  server.script.lease = { complete: 9 }
  await mutation
})

it('resolves a mutation at once when no replica can follow', async () => {
  await using server = await ScriptedServer.start()
  server.refuse = () => ({ code: 'UNAUTHENTICATED', message: 'no valid credential', details: {} })
  server.procedures.set('cooperation.pause', () => ({ data: { version: 9 } }))
  await using bridge = connect(server)
  await expect(bridge.ready()).rejects.toThrow('no valid credential')
  const start = performance.now()
  await bridge.api.cooperation.pause.mutate({ cooperation })
  expect(performance.now() - start).toBeLessThan(2_000)
})

it('sends queries by POST, with the token and without cookies', async () => {
  await using server = await ScriptedServer.start()
  const seen: (string | undefined)[] = []
  server.procedures.set('me.get', (_, { method, headers, url }) => {
    seen.push(method, headers.authorization, url)
    return { data: { user: null } }
  })
  const fetch = vi.fn<typeof globalThis.fetch>(globalThis.fetch)
  await using bridge = connect(server, { getToken: () => 'secret', fetch })
  await bridge.api.me.get.query()
  expect(seen).toEqual(['POST', 'Bearer secret', '/trpc/me.get'])
  expect(fetch.mock.calls[0]?.[1]).toMatchObject({ credentials: 'omit' })
})

it('fails with the error that the server sent', async () => {
  await using server = await ScriptedServer.start()
  server.procedures.set('cooperation.pause', () => ({
    error: {
      code: 'COOPERATION_PENDING',
      message: 'the invitation has not been accepted',
      details: { cooperation },
    },
  }))
  await using bridge = connect(server)
  const error: unknown = await bridge.api.cooperation.pause
    .mutate({ cooperation })
    .catch((error: unknown) => error)
  expect(error).toBeInstanceOf(DrawbridgeClientError)
  expect(error).toMatchObject({
    code: 'COOPERATION_PENDING',
    message: 'the invitation has not been accepted',
    details: { cooperation },
    retryable: false,
    docsUrl: expect.stringContaining('https://'),
  })
  expect(isDrawbridgeError(error, 'COOPERATION_PENDING')).toBe(true)
})

it('fails with INTERNAL for a code that it does not know', async () => {
  await using server = await ScriptedServer.start()
  server.procedures.set('cooperation.pause', () => ({
    error: { code: 'NEW_CODE', message: 'something newer', details: {} },
  }))
  await using bridge = connect(server)
  await expect(bridge.api.cooperation.pause.mutate({ cooperation })).rejects.toMatchObject({
    code: 'INTERNAL',
    message: 'NEW_CODE: something newer',
  })
})

it('fails with UNAVAILABLE when the server cannot be reached', async () => {
  const logger = { warn() {}, error() {} }
  await using bridge = createDrawbridge({ url: 'http://127.0.0.1:9', logger })
  await expect(bridge.api.me.get.query()).rejects.toMatchObject({ code: 'UNAVAILABLE', retryable: true })
})

it('fails with the reason of the abort that the caller asked for', async () => {
  await using server = await ScriptedServer.start()
  await using bridge = connect(server)
  const reason = new Error('changed my mind')
  const call = bridge.api.me.get.query(undefined, { signal: AbortSignal.abort(reason) })
  await expect(call).rejects.toBe(reason)
})

it('asks for another token after one was refused', async () => {
  await using server = await ScriptedServer.start()
  let n = 0
  const tokens: (string | undefined)[] = []
  server.procedures.set('me.get', (_, { headers }) => {
    tokens.push(headers.authorization)
    return { error: { code: 'UNAUTHENTICATED', message: 'revoked', details: {} } }
  })
  await using bridge = connect(server, { getToken: () => `token-${++n}` })
  await bridge.ready()
  await expect(bridge.api.me.get.query()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
  await expect(bridge.api.me.get.query()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
  expect(tokens).toEqual(['Bearer token-1', 'Bearer token-2'])
})
