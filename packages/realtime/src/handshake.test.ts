import { describe, expect, it, vi } from 'vitest'
import { createScene } from './testing/scene.ts'
import { handshake } from './testing/test-client.ts'
import { startTestChannel, type TestChannel } from './testing/test-channel.ts'

const allowed = 'https://console.example'

async function refusalOf(test: TestChannel, auth: object, headers: Record<string, string> = {}) {
  const client = test.connect(auth, headers)
  await vi.waitFor(() => expect(client.refusal).toBeDefined())
  expect(client.received).toEqual([])
  return client.refusal
}

describe('the handshake', () => {
  it('lets a token in from any origin', async () => {
    await using test = await startTestChannel()
    const token = test.authenticator.memberToken(createScene(test.world).colleague.id)
    const client = test.connect(handshake({ token }), { origin: 'https://elsewhere.example' })
    await vi.waitFor(() => expect(client.version).not.toBeNull())
  })

  it('takes a cookie from an allowed origin alone, and none beside a token', async () => {
    await using test = await startTestChannel()
    const cookie = test.authenticator.memberToken(createScene(test.world).colleague.id)
    const client = test.connect(handshake(), { cookie, origin: allowed })
    await vi.waitFor(() => expect(client.version).not.toBeNull())
    const refused = { code: 'UNAUTHENTICATED' }
    expect(
      await refusalOf(test, handshake(), { cookie, origin: 'https://console.example.evil' }),
    ).toMatchObject(refused)
    expect(await refusalOf(test, handshake(), { cookie })).toMatchObject(refused)
    expect(await refusalOf(test, handshake({ token: 'wrong' }), { cookie, origin: allowed })).toMatchObject(
      refused,
    )
  })

  it('refuses an ended credential, and answers that it cannot say when the database is gone', async () => {
    await using test = await startTestChannel()
    const token = test.authenticator.memberToken(createScene(test.world).colleague.id)
    test.authenticator.end(token)
    expect(await refusalOf(test, handshake({ token }))).toMatchObject({ code: 'UNAUTHENTICATED' })
    test.authenticator.isDown = true
    const details = { retryAfterMs: 1_000 }
    expect(await refusalOf(test, handshake({ token }))).toEqual({
      code: 'UNAVAILABLE',
      message: 'try again',
      details,
    })
  })

  it('refuses an audience that the credential does not have', async () => {
    await using test = await startTestChannel()
    const { helios, boreas, colleague } = createScene(test.world)
    const tokens = {
      member: test.authenticator.memberToken(colleague.id),
      'minted for an admin': test.authenticator.memberToken(boreas.admin.id, { audiences: ['member'] }),
      'key without guard': test.authenticator.keyToken(helios.id, []),
    }
    for (const token of Object.values(tokens)) {
      const refusal = await refusalOf(test, handshake({ token, audience: 'organization' }))
      expect(refusal).toMatchObject({ code: 'FORBIDDEN', details: { scope: 'guard' } })
    }
    const key = test.authenticator.keyToken(helios.id)
    expect(await refusalOf(test, handshake({ token: key }))).toMatchObject({ code: 'FORBIDDEN' })
  })

  it.each([
    ['protocol', { protocol: 2 }],
    ['audience', { audience: 'everyone' }],
    ['token', { token: 7 }],
    ['token', { token: 'x'.repeat(8_193) }],
    ['since', { since: { version: 1 } }],
    ['extra', { extra: true }],
  ])('refuses a wrong %s', async (field, changes) => {
    await using test = await startTestChannel()
    const refusal = await refusalOf(test, { ...handshake({ token: 'any' }), ...changes })
    expect(refusal).toMatchObject({ code: 'INVALID_INPUT', details: { field } })
  })

  it('closes what connects outside of the namespace', async () => {
    await using test = await startTestChannel()
    const client = test.connect(handshake())
    const root = client.socket.io.socket('/')
    const refused = new Promise((resolve) => root.once('connect_error', resolve))
    root.connect()
    expect(await refused).toMatchObject({ message: 'unknown namespace' })
  })
})

describe('messages of a client', () => {
  it.each<[string, (string | object | number | null)[]]>([
    ['a renewal without n', ['renew', {}]],
    ['a renewal with a fraction', ['renew', { n: 1.5 }]],
    ['a renewal that is a text', ['renew', 'now']],
    ['a renewal with another field', ['renew', { n: 1, leaseMs: 99_999_999 }]],
    ['a renewal with a wrong token', ['renew', { n: 1, token: 5 }]],
    ['a confirmation of nothing', ['applied', null]],
    ['an unknown message', ['join', { room: 'other' }]],
  ])('closes the connection on %s, with one line in the log', async (_, [event = '', message]) => {
    await using test = await startTestChannel()
    const client = test.member(createScene(test.world).colleague.id)
    await vi.waitFor(() => expect(client.version).not.toBeNull())
    client.socket.io.engine.write(`2/access,${JSON.stringify([event, message])}`)
    await vi.waitFor(() => expect(client.goodbye).toEqual({ reason: 'invalid_message', retry: false }))
    await vi.waitFor(() => expect(client.socket.connected).toBe(false))
    expect(test.logged.filter(({ level }) => level === 'warn')).toHaveLength(1)
  })

  it('closes the connection on a repeated n, on too many renewals, and on too many confirmations', async () => {
    await using test = await startTestChannel()
    const { colleague } = createScene(test.world)
    const clients = [0, 1, 2].map(() => test.member(colleague.id))
    await vi.waitFor(() => expect(clients.every(({ version }) => version !== null)).toBe(true))
    const [repeating, hasty, confirming] = clients
    repeating?.renew()
    repeating?.socket.emit('renew', { n: 1 })
    for (let count = 0; count < 20; count += 1) hasty?.renew()
    for (let count = 0; count < 2; count += 1) confirming?.socket.emit('applied', { version: 1 })
    await vi.waitFor(() => {
      for (const client of clients) expect(client.goodbye?.reason).toBe('invalid_message')
    })
  })

  it('closes the connection on a message that is too large', async () => {
    await using test = await startTestChannel()
    const client = test.member(createScene(test.world).colleague.id)
    await vi.waitFor(() => expect(client.version).not.toBeNull())
    client.renew({ token: 'x'.repeat(20_000) })
    await vi.waitFor(() => expect(client.socket.connected).toBe(false))
    expect(client.leases).toEqual([])
  })
})
