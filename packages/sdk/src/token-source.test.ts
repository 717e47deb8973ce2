import { describe, expect, it, vi } from 'vitest'
import { FakeClock } from './fixtures/fake-clock.ts'
import { createLab } from './fixtures/lab.ts'
import { sun } from './fixtures/park-world.ts'
import { TokenSource, type GetToken } from './token-source.ts'

function source(getToken: GetToken | undefined) {
  const clock = new FakeClock()
  return { clock, tokens: new TokenSource(getToken, { clock, now: () => clock.wall() }) }
}

describe('a token', () => {
  it('is asked for once by many at a time, and kept for calls', async () => {
    const getToken = vi.fn<() => string>(() => 'secret')
    const { tokens } = source(getToken)
    await Promise.all([tokens.fresh(), tokens.fresh(), tokens.current()])
    expect(await tokens.current()).toBe('secret')
    expect(getToken).toHaveBeenCalledOnce()
    tokens.forget()
    await tokens.current()
    expect(getToken).toHaveBeenCalledTimes(2)
  })

  it('is due before its end', async () => {
    const { clock, tokens } = source(() => ({ token: 'secret', expiresAt: new Date(clock.wall() + 600_000) }))
    await tokens.fresh()
    clock.advance(569_999)
    expect(tokens.isDue()).toBe(false)
    clock.advance(1)
    expect(tokens.isDue()).toBe(true)
  })

  it('that seems to have ended already is not asked for all the time', async () => {
    const { clock, tokens } = source(() => ({ token: 'secret', expiresAt: '2020-01-01T00:00:00.000Z' }))
    await tokens.fresh()
    expect(tokens.isDue()).toBe(false)
    clock.advance(5_000)
    expect(tokens.isDue()).toBe(true)
  })

  it('is absent where cookies count', async () => {
    const { tokens } = source(undefined)
    expect(tokens.isAbsent()).toBe(true)
    expect(await tokens.fresh()).toBeUndefined()
  })

  it('that the app fails to give is UNAUTHENTICATED, with the failure as its cause', async () => {
    const failure = new Error('signed out')
    const { tokens } = source(() => {
      throw failure
    })
    await expect(tokens.fresh()).rejects.toMatchObject({ code: 'UNAUTHENTICATED', cause: failure })
  })

  it('that the app never gives is UNAVAILABLE after a time', async () => {
    const { clock, tokens } = source(() => new Promise<string>(() => {}))
    const fresh = tokens.fresh()
    clock.advance(10_000)
    await expect(fresh).rejects.toMatchObject({ code: 'UNAVAILABLE', retryable: true })
  })
})

describe('a bridge with getToken', () => {
  it('asks at every connection', async () => {
    let n = 0
    await using lab = await createLab({ getToken: () => `token-${++n}` })
    lab.cut()
    await lab.connect()
    expect(lab.script.handshakes.map(({ token }) => token)).toEqual(['token-1', 'token-2'])
  })

  it('sends a fresh token before the old one ends, without a reconnect', async () => {
    let n = 0
    const start = new FakeClock().wall()
    const getToken = () => ({ token: `token-${++n}`, expiresAt: new Date(start + n * 60_000) })
    await using lab = await createLab({ getToken })
    lab.clock.advance(44_000)
    expect(n).toBe(1)
    lab.clock.advance(4_000)
    await vi.waitFor(() => expect(lab.script.renewals.at(-1)).toMatchObject({ token: 'token-2' }))
    expect(lab.script.handshakes).toHaveLength(1)
  })

  it('sends a fresh token when leases shrink, because the old one did not say when it ends', async () => {
    let n = 0
    await using lab = await createLab({ getToken: () => `token-${++n}` })
    lab.clock.advance(8_000)
    lab.script.leaseMs = 5_000
    lab.clock.advance(4_000)
    await vi.waitFor(() => expect(lab.script.renewals.at(-1)).toMatchObject({ token: 'token-2' }))
    expect(lab.script.handshakes).toHaveLength(1)
  })

  it('stays as it is while getToken throws, tells why, and goes on when it answers', async () => {
    let isSignedIn = false
    await using lab = await createLab({
      getToken: () => {
        if (!isSignedIn) throw new Error('signed out')
        return 'token'
      },
    })
    expect(lab.bridge.status.current).toBe('connecting')
    expect(lab.bridge.lastError).toMatchObject({ code: 'UNAUTHENTICATED' })
    isSignedIn = true
    lab.clock.advance(1_000)
    await lab.connect()
    expect(lab.bridge.can('view', sun)).toBe(true)
    expect(lab.bridge.lastError).toBeNull()
  })

  it('keeps what it may answer while getToken throws', async () => {
    let isSignedIn = true
    await using lab = await createLab({
      getToken: () => {
        if (!isSignedIn) throw new Error('the identity provider is down')
        return 'token'
      },
    })
    isSignedIn = false
    lab.cut()
    await lab.connect()
    expect(lab.bridge.status.current).toBe('live')
    expect(lab.bridge.can('view', sun)).toBe(true)
    lab.clock.advance(12_000)
    expect(lab.bridge.can('view', sun)).toBe(false)
  })
})
