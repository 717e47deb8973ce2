import { setImmediate } from 'node:timers/promises'
import { describe, expect, it, vi } from 'vitest'
import { createScene } from './testing/scene.ts'
import type { TestClient } from './testing/test-client.ts'
import { startTestChannel, type TestChannel } from './testing/test-channel.ts'

/** A colleague joins while its snapshot is under way and a pause is told to everyone else. */
async function joinDuringPause(test: TestChannel) {
  const { helios, boreas, cooperation, colleague } = createScene(test.world)
  const other = test.guard(boreas.id)
  await vi.waitFor(() => expect(other.version).not.toBeNull())
  const { promise, resolve } = Promise.withResolvers<void>()
  test.source.delaySnapshot = () => promise
  const reads = test.source.snapshots
  const client = test.member(colleague.id)
  await vi.waitFor(() => expect(test.source.snapshots).toBeGreaterThan(reads))
  helios.run('cooperation.pause', { cooperation: cooperation.id })
  await vi.waitFor(() => expect(other.version).toBe(test.source.versionOf(boreas.id)))
  resolve()
  client.renew()
  await vi.waitFor(() => expect(client.leases).toHaveLength(1))
  return { client, known: test.memberKnows(colleague.id) }
}

describe('joining', () => {
  it('keeps what is committed while the snapshot is under way', async () => {
    await using test = await startTestChannel()
    const { client, known } = await joinDuringPause(test)
    expect(client.known).toEqual(known)
    expect(client.complaints).toEqual([])
  })

  it('fails that test when the version is read after the facts (control)', async () => {
    await using test = await startTestChannel()
    test.source.readsVersionLate = true
    const { client, known } = await joinDuringPause(test)
    expect(client.known).not.toEqual(known)
  })

  it('ends up with what stands for clients that come during a flood of changes', async () => {
    await using test = await startTestChannel({ pollMs: 5 })
    const { helios, boreas, cooperation, share, colleague } = createScene(test.world)
    const portfolio = helios.portfolio()
    const shared = helios.share(cooperation, portfolio, 'viewer')
    boreas.delegate(shared, colleague, 'viewer')
    const clients: TestClient[] = []
    for (let round = 0; round < 150; round += 1) {
      const type = round % 2 === 0 ? 'cooperation.pause' : 'cooperation.resume'
      helios.run(type, { cooperation: cooperation.id })
      if (round % 3 === 0) boreas.delegate(share, colleague, 'viewer')
      if (round % 3 === 1) boreas.run('delegation.revoke', { share: share.id, member: colleague.id })
      if (round % 5 === 0) {
        helios.run('portfolio.addPark', { portfolio: portfolio.id, park: helios.park().id })
      }
      if (round % 10 === 0)
        clients.push(test.member(colleague.id), test.guard(boreas.id), test.guard(helios.id))
      if (round % 10 === 5) clients.push(test.member(boreas.admin.id), test.member(helios.admin.id))
      if (round % 40 === 0) for (const client of clients) client.renew()
      test.source.wake()
      await setImmediate()
    }
    for (const client of clients) client.renew()
    await vi.waitFor(
      () => {
        for (const client of clients) expect(client.leases.at(-1)?.complete).toBe(versionOf(client))
      },
      { timeout: 5_000 },
    )
    function versionOf(client: TestClient) {
      return test.source.versionOf(client.snapshots[0]?.organization ?? '')
    }
    for (const client of clients) {
      const { member = null, organization = '' } = client.snapshots[0] ?? {}
      const known = member === null ? test.organizationKnows(organization) : test.memberKnows(member)
      expect(client.known).toEqual(known)
      expect(client.complaints).toEqual([])
    }
  })

  it('reads one snapshot for all that come at once', async () => {
    await using test = await startTestChannel()
    const { boreas } = createScene(test.world)
    const { promise, resolve } = Promise.withResolvers<void>()
    test.source.delaySnapshot = () => promise
    const clients = Array.from({ length: 30 }, () => test.guard(boreas.id))
    await vi.waitFor(() => expect(clients.every(({ socket }) => socket.connected)).toBe(true))
    resolve()
    await vi.waitFor(() => expect(clients.every(({ version }) => version !== null)).toBe(true))
    expect(test.source.snapshots).toBe(2)
  })

  it('reads again what was read before anyone was told anything, when another was quicker', async () => {
    await using test = await startTestChannel()
    const { helios, boreas, cooperation, colleague } = createScene(test.world)
    const { promise, resolve } = Promise.withResolvers<void>()
    test.source.delaySnapshot = () => promise
    const slow = test.member(colleague.id)
    await vi.waitFor(() => expect(test.source.snapshots).toBe(1))
    test.source.delaySnapshot = async () => {}
    helios.run('cooperation.pause', { cooperation: cooperation.id })
    const quick = test.guard(boreas.id)
    await vi.waitFor(() => expect(quick.version).toBe(test.source.versionOf(boreas.id)))
    resolve()
    slow.renew()
    await vi.waitFor(() => expect(slow.leases).toMatchObject([{ complete: quick.version }]))
    expect(slow.known).toEqual(test.memberKnows(colleague.id))
  })

  it('tries a snapshot again that could not be read', async () => {
    await using test = await startTestChannel()
    const { boreas } = createScene(test.world)
    test.source.isDown = true
    const client = test.guard(boreas.id)
    await vi.waitFor(() =>
      expect(test.logged.map(({ message }) => message)).toContain('a snapshot could not be read'),
    )
    test.source.isDown = false
    await vi.waitFor(() => expect(client.version).toBe(test.source.versionOf(boreas.id)))
  })

  it('sends everyone a fresh snapshot when the history goes back, and when a change is missing', async () => {
    await using test = await startTestChannel()
    const { helios, boreas, colleague } = createScene(test.world)
    const clients = [test.guard(boreas.id), test.member(colleague.id)]
    await vi.waitFor(() => expect(clients.every(({ version }) => version !== null)).toBe(true))
    test.source.goBack(boreas.id, 3)
    await vi.waitFor(() => {
      for (const client of clients) expect(client.snapshots).toHaveLength(2)
    })
    test.source.pollGate = Promise.resolve().then(() => {
      helios.run('park.create', { name: 'Elsewhere' })
      boreas.park()
      boreas.park()
      test.source.prune(boreas.id, test.source.versionOf(boreas.id) - 1)
    })
    await vi.waitFor(() => {
      for (const client of clients) expect(client.snapshots).toHaveLength(3)
    })
    expect(clients[0]?.known).toEqual(test.organizationKnows(boreas.id))
    expect(clients[1]?.known).toEqual(test.memberKnows(colleague.id))
  })
})
