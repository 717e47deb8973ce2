import { describe, expect, it, vi } from 'vitest'
import type { ChannelOptions } from './channel.ts'
import { createScene } from './testing/scene.ts'
import { startTestChannel } from './testing/test-channel.ts'

/** A channel whose clocks stand until they are moved. */
async function startWithClock(options: Partial<ChannelOptions> = {}) {
  const time = { monotonic: 1_000, wall: 1_000_000 }
  const clock = { monotonic: () => time.monotonic, wall: () => time.wall }
  return { test: await startTestChannel({ clock, ...options }), time }
}

function held(): { readonly gate: Promise<void>; readonly open: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>()
  return { gate: promise, open: () => resolve() }
}

describe('leases', () => {
  it('A5: last as long as is left of the proving read, and say what they are based on', async () => {
    const { test: started, time } = await startWithClock()
    await using test = started
    const { boreas } = createScene(test.world)
    const client = test.guard(boreas.id)
    client.renew()
    const version = test.source.versionOf(boreas.id)
    const { now: dbNow } = test.world
    await vi.waitFor(() =>
      expect(client.leases).toMatchObject([
        { n: 1, last: version, complete: version, leaseMs: 12_000, dbNow },
      ]),
    )
    const { gate, open } = held()
    const { polls } = test.source
    test.source.pollGate = gate
    await vi.waitFor(() => expect(test.source.polls).toBeGreaterThan(polls))
    time.monotonic += 3_000
    client.renew()
    await vi.waitFor(() =>
      expect(client.leases[1]).toMatchObject({ n: 2, leaseMs: 9_000, dbNow: '2026-03-02T09:00:03.000Z' }),
    )
    time.wall += 10_000
    client.renew()
    await vi.waitFor(() => expect(client.leases[2]).toMatchObject({ n: 3, leaseMs: 2_000 }))
    open()
  })

  it('A5: are not given on a proving read that is too old', async () => {
    const { test: started, time } = await startWithClock()
    await using test = started
    const { boreas } = createScene(test.world)
    const client = test.guard(boreas.id)
    client.renew()
    await vi.waitFor(() => expect(client.leases).toHaveLength(1))
    test.source.isDown = true
    await vi.waitFor(() => expect(test.logged).toHaveLength(1))
    time.monotonic += 12_000
    client.renew()
    client.socket.emit('renew', { n: 0 })
    await vi.waitFor(() => expect(client.goodbye?.reason).toBe('invalid_message'))
    expect(client.leases).toHaveLength(1)
  })

  it('are given late, counted from the renewal, once the feed is back', async () => {
    const { test: started, time } = await startWithClock()
    await using test = started
    const { boreas } = createScene(test.world)
    const client = test.guard(boreas.id)
    await vi.waitFor(() => expect(client.version).not.toBeNull())
    test.source.isDown = true
    await vi.waitFor(() => expect(test.logged).toHaveLength(1))
    time.monotonic += 20_000
    client.renew()
    await vi.waitFor(() => expect(client.socket.io.engine.writeBuffer).toHaveLength(0))
    time.monotonic += 5_000
    test.source.isDown = false
    await vi.waitFor(() => expect(client.leases).toMatchObject([{ n: 1, leaseMs: 12_000 }]))
  })

  it('end with the credential', async () => {
    const { test: started } = await startWithClock()
    await using test = started
    const { colleague } = createScene(test.world)
    const expiresAt = '2026-03-02T09:00:05.000Z'
    const token = test.authenticator.memberToken(colleague.id, { expiresAt })
    const client = test.member(colleague.id, { token })
    client.renew()
    await vi.waitFor(() => expect(client.leases).toMatchObject([{ leaseMs: 5_000 }]))
  })

  it('last longer with a fresh token of the same member, and end with one of another', async () => {
    const { test: started } = await startWithClock()
    await using test = started
    const { boreas, colleague } = createScene(test.world)
    const expiresAt = '2026-03-02T09:00:05.000Z'
    const client = test.member(colleague.id, {
      token: test.authenticator.memberToken(colleague.id, { expiresAt }),
    })
    client.renew({ token: test.authenticator.memberToken(colleague.id) })
    await vi.waitFor(() => expect(client.leases).toMatchObject([{ leaseMs: 12_000 }]))
    client.renew({ token: test.authenticator.memberToken(boreas.admin.id) })
    await vi.waitFor(() => expect(client.goodbye).toEqual({ reason: 'credential_ended', retry: true }))
    expect(client.leases).toHaveLength(1)
  })

  it('are not given before the credential was checked again after joining', async () => {
    await using test = await startTestChannel()
    const { colleague } = createScene(test.world)
    const { gate, open } = held()
    test.authenticator.gate = gate
    const token = test.authenticator.memberToken(colleague.id)
    const client = test.member(colleague.id, { token })
    client.renew()
    await vi.waitFor(() => expect(client.version).not.toBeNull())
    test.authenticator.end(token)
    open()
    await vi.waitFor(() => expect(client.goodbye).toEqual({ reason: 'credential_ended', retry: true }))
    await vi.waitFor(() => expect(client.socket.connected).toBe(false))
    expect(client.leases).toEqual([])
  })

  it('stop when credentials cannot be checked, and the connection ends when its credential has', async () => {
    const { test: started, time } = await startWithClock()
    await using test = started
    const { colleague } = createScene(test.world)
    const token = test.authenticator.memberToken(colleague.id)
    const client = test.member(colleague.id, { token })
    client.renew()
    await vi.waitFor(() => expect(client.leases).toHaveLength(1))
    test.authenticator.isDown = true
    await vi.waitFor(() => expect(test.logged).toHaveLength(1))
    time.monotonic += 4_000
    client.renew()
    await vi.waitFor(() => expect(client.leases[1]).toMatchObject({ leaseMs: 8_000 }))
    test.authenticator.end(token)
    test.authenticator.isDown = false
    await vi.waitFor(() => expect(client.goodbye).toEqual({ reason: 'credential_ended', retry: true }))
  })

  it('V3: are not given while a fresh snapshot is due', async () => {
    await using test = await startTestChannel()
    const { boreas, share, colleague } = createScene(test.world)
    const client = test.member(colleague.id)
    await vi.waitFor(() => expect(client.snapshots).toHaveLength(1))
    const { gate, open } = held()
    test.source.delaySnapshot = () => gate
    boreas.run('delegation.revoke', { share: share.id, member: colleague.id })
    await vi.waitFor(() => expect(client.changes).toHaveLength(1))
    client.renew()
    boreas.park()
    const other = test.member(boreas.admin.id)
    await vi.waitFor(() => expect(test.source.snapshots).toBe(3))
    expect(client.leases).toEqual([])
    open()
    await vi.waitFor(() =>
      expect(client.leases).toMatchObject([{ complete: test.source.versionOf(boreas.id) }]),
    )
    await vi.waitFor(() => expect(other.version).not.toBeNull())
    expect(client.received.map(({ event }) => event)).toEqual(['snapshot', 'change', 'snapshot', 'lease'])
  })
})
