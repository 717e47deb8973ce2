import { createParty, type Party } from '@drawbridge/core/testing'
import { describe, expect, it, vi } from 'vitest'
import { createScene } from './testing/scene.ts'
import { handshake } from './testing/test-client.ts'
import { startTestChannel } from './testing/test-channel.ts'

function pause(party: Party, cooperation: { readonly id: string }): void {
  party.run('cooperation.pause', { cooperation: cooperation.id })
}

describe('createChannel', () => {
  it('V1: sends a snapshot, then every change in order', async () => {
    await using test = await startTestChannel()
    const { helios, cooperation } = createScene(test.world)
    using client = test.guard(helios.id)
    await vi.waitFor(() => expect(client.version).toBe(test.source.versionOf(helios.id)))
    expect(client.known).toEqual(test.organizationKnows(helios.id))

    const before = test.source.versionOf(helios.id)
    pause(helios, cooperation)
    helios.park('Another')
    helios.run('cooperation.resume', { cooperation: cooperation.id })
    await vi.waitFor(() => expect(client.changes).toHaveLength(3))
    expect(client.changes.map(({ version }) => version)).toEqual([before + 1, before + 2, before + 3])
    expect(client.changes.map(({ cause }) => cause.type)).toEqual([
      'cooperation.paused',
      'park.created',
      'cooperation.resumed',
    ])
    expect(client.known).toEqual(test.organizationKnows(helios.id))
    expect(client.complaints).toEqual([])
  })

  it('C5: tells a pause to both organizations, their admins and delegated members', async () => {
    await using test = await startTestChannel({ pollMs: 1_000 })
    const { helios, boreas, cooperation, colleague } = createScene(test.world)
    const stranger = boreas.join('Stranger')
    const clients = [test.guard(helios.id), test.guard(boreas.id), test.member(boreas.admin.id)]
    clients.push(test.member(helios.admin.id), test.member(colleague.id), test.member(colleague.id))
    using other = test.member(stranger.id)
    await vi.waitFor(() => expect([...clients, other].every(({ version }) => version !== null)).toBe(true))

    pause(helios, cooperation)
    test.source.wake()
    await vi.waitFor(() => {
      for (const client of clients) expect(client.changes.at(-1)?.cause.type).toBe('cooperation.paused')
    })
    for (const client of clients) {
      expect(client.facts.cooperations.get(cooperation.id)?.pausedAt).toBe(test.world.now)
    }
    expect(other.changes).toEqual([])
  })

  it('V3: follows a delegation of an own member with a fresh snapshot, and a revocation with a drop before it', async () => {
    await using test = await startTestChannel()
    const { boreas, share, colleague, delegation } = createScene(test.world)
    using client = test.member(colleague.id)
    await vi.waitFor(() => expect(client.snapshots).toHaveLength(1))

    boreas.run('delegation.revoke', { share: share.id, member: colleague.id })
    await vi.waitFor(() => expect(client.snapshots).toHaveLength(2))
    expect(client.changes.map(({ facts }) => facts)).toEqual([
      [{ drop: { type: 'delegation', id: delegation.id } }],
    ])
    expect(client.changes[0]?.cursor).toBe('')
    expect(client.known).toEqual(test.memberKnows(colleague.id))

    boreas.delegate(share, colleague, 'technical-manager')
    await vi.waitFor(() => expect(client.snapshots).toHaveLength(3))
    expect(client.known).toEqual(test.memberKnows(colleague.id))
    expect(client.complaints).toEqual([])
  })

  it('O4: leaves a paused member connected, with nothing but the own membership', async () => {
    await using test = await startTestChannel()
    const { boreas, colleague } = createScene(test.world)
    using client = test.member(colleague.id)
    await vi.waitFor(() => expect(client.version).not.toBeNull())

    boreas.run('member.pause', { member: colleague.id })
    await vi.waitFor(() => expect(client.snapshots).toHaveLength(2))
    expect(client.known.map(({ type }) => type).toSorted()).toEqual(['member', 'organization'])
    boreas.run('member.resume', { member: colleague.id })
    await vi.waitFor(() => expect(client.snapshots).toHaveLength(3))
    expect(client.known).toEqual(test.memberKnows(colleague.id))
    expect(client.socket.connected).toBe(true)
  })

  it('O5: says goodbye to a removed member after telling it', async () => {
    await using test = await startTestChannel()
    const { boreas, colleague, delegation } = createScene(test.world)
    using client = test.member(colleague.id)
    await vi.waitFor(() => expect(client.version).not.toBeNull())
    boreas.run('member.remove', { member: colleague.id })
    await vi.waitFor(() => expect(client.socket.connected).toBe(false))
    expect(client.goodbye).toEqual({ reason: 'role_changed', retry: false })
    expect(client.changes.at(-1)?.facts).toContainEqual({ drop: { type: 'delegation', id: delegation.id } })
  })

  it.each(['demoted', 'paused', 'removed'])('ends the organization audience of a %s admin', async (how) => {
    await using test = await startTestChannel()
    const { boreas } = createScene(test.world)
    const { id: member } = boreas.join('Second', 'admin')
    const token = test.authenticator.memberToken(member)
    using client = test.connect(handshake({ token, audience: 'organization' }))
    using guard = test.guard(boreas.id)
    await vi.waitFor(() => expect([client.version, guard.version]).not.toContain(null))
    if (how === 'demoted') boreas.run('member.setRole', { member, role: 'member' })
    else boreas.run(how === 'paused' ? 'member.pause' : 'member.remove', { member })
    await vi.waitFor(() => expect(client.goodbye).toEqual({ reason: 'role_changed', retry: false }))
    await vi.waitFor(() => expect(guard.version).toBe(test.source.versionOf(boreas.id)))
    expect(guard.goodbye).toBeUndefined()
  })

  it('keeps a demoted admin of the member audience connected, with a member snapshot', async () => {
    await using test = await startTestChannel()
    const { boreas } = createScene(test.world)
    const { id: member } = boreas.join('Second', 'admin')
    using client = test.member(member)
    await vi.waitFor(() => expect(client.known).toEqual(test.memberKnows(member)))
    boreas.run('member.setRole', { member, role: 'member' })
    await vi.waitFor(() => expect(client.snapshots).toHaveLength(2))
    expect(client.known).toEqual(test.memberKnows(member))
  })

  it('tells an expiry, which carries no facts, to whom it concerns', async () => {
    await using test = await startTestChannel()
    const { helios, boreas, cooperation, colleague } = createScene(test.world)
    const stranger = boreas.join('Stranger')
    using concerned = test.member(colleague.id)
    using other = test.member(stranger.id)
    await vi.waitFor(() => expect([concerned.version, other.version]).not.toContain(null))
    test.source.announce(boreas.id, {
      type: 'cooperation.expired',
      by: helios.id,
      cooperation: cooperation.id,
    })
    await vi.waitFor(() =>
      expect(concerned.changes).toMatchObject([{ facts: [], cause: { type: 'cooperation.expired' } }]),
    )
    expect(other.changes).toEqual([])
  })

  it('C7: takes what a membership gave when it expires', async () => {
    await using test = await startTestChannel()
    const { boreas, colleague } = createScene(test.world)
    boreas.run('member.setExpiration', { member: colleague.id, expiresAt: '2026-03-02T10:00:00.000Z' })
    using client = test.member(colleague.id)
    await vi.waitFor(() => expect(client.known).toEqual(test.memberKnows(colleague.id)))
    test.world.advance({ hours: 2 })
    test.source.announce(boreas.id, { type: 'membership.expired', by: boreas.id, members: [colleague.id] })
    await vi.waitFor(() => expect(client.snapshots).toHaveLength(2))
    expect(client.known.map(({ type }) => type).toSorted()).toEqual(['member', 'organization'])
  })

  it("O4: ends the view of the organization when the admin's membership expires, with or without a change", async () => {
    await using test = await startTestChannel()
    const { boreas, colleague } = createScene(test.world)
    boreas.run('member.setRole', { member: colleague.id, role: 'admin' })
    const expiresAt = '2026-03-02T10:00:00.000Z'
    const token = test.authenticator.memberToken(colleague.id)
    using early = test.connect(handshake({ token, audience: 'organization' }))
    await vi.waitFor(() => expect(early.known).toEqual(test.organizationKnows(boreas.id)))
    // The expiration is set while one is connected, and known when the other connects.
    boreas.run('member.setExpiration', { member: colleague.id, expiresAt })
    await vi.waitFor(() => expect(early.known).toEqual(test.organizationKnows(boreas.id)))
    const later = test.authenticator.memberToken(colleague.id)
    using late = test.connect(handshake({ token: later, audience: 'organization' }))
    await vi.waitFor(() => expect(late.known).toEqual(test.organizationKnows(boreas.id)))

    test.world.advance({ hours: 2 })
    boreas.run('park.create', { name: 'Secret' })
    const goodbye = { reason: 'credential_ended', retry: true }
    await vi.waitFor(() => expect([early.goodbye, late.goodbye]).toEqual([goodbye, goodbye]))
    for (const client of [early, late]) expect(JSON.stringify(client.known)).not.toContain('Secret')
  })

  it('sends a large snapshot in parts at one version', async () => {
    await using test = await startTestChannel()
    const helios = createParty(test.world, 'Helios')
    const park = helios.park()
    const parks = Array.from({ length: 2_100 }, () => ({ put: { ...park, id: test.world.newId() } }))
    test.world.record({ cause: { type: 'park.created', by: helios.id }, facts: parks, subjects: [] })
    using client = test.guard(helios.id)
    await vi.waitFor(() =>
      expect(client.snapshots.map(({ part, parts }) => [part, parts])).toEqual([
        [0, 2],
        [1, 2],
      ]),
    )
    expect(new Set(client.snapshots.map(({ version }) => version)).size).toBe(1)
    expect(client.known).toEqual(test.organizationKnows(helios.id))
  })

  it('says goodbye to everyone when it closes, and refuses who comes', async () => {
    await using test = await startTestChannel()
    const { helios } = createScene(test.world)
    using client = test.guard(helios.id)
    await vi.waitFor(() => expect(client.version).not.toBeNull())
    await test.channel.close()
    await vi.waitFor(() => expect(client.goodbye).toEqual({ reason: 'draining', retry: true }))
    using late = test.guard(helios.id)
    await vi.waitFor(() => expect(late.refusal).toBeDefined())
  })

  it('reports when its change feed is not current', async () => {
    await using test = await startTestChannel()
    await vi.waitFor(() => expect(test.channel.reasonNotReady()).toBeNull())
    test.source.isDown = true
    await vi.waitFor(() => expect(test.channel.reasonNotReady()).toMatch(/^the change feed was last read/))
    expect(test.logged.filter(({ level }) => level === 'error')).toHaveLength(1)
    test.source.isDown = false
    await vi.waitFor(() => expect(test.channel.reasonNotReady()).toBeNull())
  })
})
