import { describe, expect, it, vi } from 'vitest'
import { createScene } from './testing/scene.ts'
import type { TestClient } from './testing/test-client.ts'
import { startTestChannel, type TestChannel } from './testing/test-channel.ts'

type Scene = ReturnType<typeof createScene>

async function disconnected(client: TestClient): Promise<TestClient> {
  await vi.waitFor(() => expect(client.version).not.toBeNull())
  client.socket.disconnect()
  return client
}

/** Comes back with the cursor of an earlier client and waits until it holds a lease. */
async function comeBack(before: TestClient, connect: (since: string) => TestClient) {
  const client = connect(before.cursor).resume(before)
  client.renew()
  await vi.waitFor(() => expect(client.leases).toHaveLength(1))
  expect(client.complaints).toEqual([])
  return client
}

describe('since', () => {
  it.each(['guard', 'member', 'admin'])('sends a %s that comes back only what came after', async (who) => {
    await using test = await startTestChannel()
    const scene = createScene(test.world)
    const { helios, boreas, cooperation, colleague } = scene
    const connect = (since?: string) => {
      const more = since === undefined ? {} : { since }
      if (who === 'guard') return test.guard(boreas.id, more)
      return test.member(who === 'admin' ? boreas.admin.id : colleague.id, more)
    }
    const before = await disconnected(connect())
    helios.run('cooperation.pause', { cooperation: cooperation.id })
    helios.run('park.update', { park: scene.park.id, name: 'Renamed' })
    const client = await comeBack(before, connect)
    expect(client.snapshots).toEqual([])
    expect(client.changes.map(({ cause }) => cause.type)).toEqual(['cooperation.paused', 'park.updated'])
    const known =
      who === 'guard'
        ? test.organizationKnows(boreas.id)
        : test.memberKnows(before.snapshots[0]?.member ?? '')
    expect(client.known).toEqual(known)

    const again = await comeBack(client, connect)
    expect(again.received.map(({ event }) => event)).toEqual(['lease'])
    expect(again.leases[0]?.last).toBe(client.version)
  })

  const touching: Record<string, (scene: Scene) => void> = {
    'an own delegation': ({ boreas, share, colleague }) =>
      boreas.run('delegation.revoke', { share: share.id, member: colleague.id }),
    'the own membership': ({ boreas, colleague }) => {
      boreas.run('member.pause', { member: colleague.id })
      boreas.run('member.resume', { member: colleague.id })
    },
    'a share that is gone': ({ helios, share }) => helios.run('share.remove', { share: share.id }),
  }
  it.each(Object.entries(touching))('V3: sends a fresh snapshot when it touches %s', async (_, change) => {
    await using test = await startTestChannel()
    const scene = createScene(test.world)
    const connect = (since?: string) => test.member(scene.colleague.id, since === undefined ? {} : { since })
    const before = await disconnected(connect())
    change(scene)
    const client = await comeBack(before, connect)
    expect(client.snapshots).toHaveLength(1)
    expect(client.known).toEqual(test.memberKnows(scene.colleague.id))
  })

  const worthless: Record<string, (cursor: string, test: TestChannel, scene: Scene) => string> = {
    'is of another history': (cursor) => `x${cursor}`,
    'is empty': () => '',
    'names no version': (cursor) => cursor.replace(/\d+$/, '1e3'),
    'lies in the future': (cursor) => cursor.replace(/\d+$/, '999'),
    'reaches back before the log': (cursor, test, { boreas }) => {
      boreas.park()
      boreas.park()
      test.source.prune(boreas.id, test.source.versionOf(boreas.id) - 1)
      return cursor
    },
    'is too far back for one poll': (cursor, test, { boreas }) => {
      test.source.limit = 2
      boreas.park()
      boreas.park()
      boreas.park()
      return cursor
    },
  }
  it.each(Object.entries(worthless))('sends a fresh snapshot when the cursor %s', async (_, spoil) => {
    await using test = await startTestChannel()
    const scene = createScene(test.world)
    const before = await disconnected(test.guard(scene.boreas.id))
    const client = test.guard(scene.boreas.id, { since: spoil(before.cursor, test, scene) })
    await vi.waitFor(() => expect(client.snapshots).toHaveLength(1))
    await vi.waitFor(() => expect(client.version).toBe(test.source.versionOf(scene.boreas.id)))
    expect(client.known).toEqual(test.organizationKnows(scene.boreas.id))
  })

  it("does not take another member's cursor", async () => {
    await using test = await startTestChannel()
    const { boreas, colleague } = createScene(test.world)
    const admin = await disconnected(test.member(boreas.admin.id))
    const client = test.member(colleague.id, { since: admin.cursor })
    await vi.waitFor(() => expect(client.known).toEqual(test.memberKnows(colleague.id)))
    expect(client.snapshots).toHaveLength(1)
  })
})
