import { describe, expect, it } from 'vitest'
import { cooperate, createActing } from '../testing/create-acting.ts'
import { createTestDatabase } from '../testing/create-test-database.ts'

describe('execute', () => {
  it('O1: creates an organization with its first admin', async () => {
    await using database = await createTestDatabase()
    const helios = await createActing(database, 'Helios')
    const membership = await database.reads.membershipOf('user of Helios')
    expect(membership).toMatchObject({
      member: { id: helios.member, role: 'admin', name: 'Admin of Helios' },
      organization: { id: helios.organization, name: 'Helios', identifier: 'helios' },
    })
    expect(await database.reads.versionOf(helios.organization)).toBe(1)
  })

  it('V3: numbers changes per organization and tells both sides of the same act', async () => {
    await using database = await createTestDatabase()
    const [helios, borealis] = [
      await createActing(database, 'Helios'),
      await createActing(database, 'Borealis'),
    ]
    const cooperation = await cooperate(helios, borealis)
    const paused = await helios.run('cooperation.pause', { cooperation })

    expect(paused).toMatchObject({ version: 4, cause: 'cooperation.paused' })
    const { changes, heads, now } = await database.changes.poll(
      new Map([
        [helios.organization, 3],
        [borealis.organization, 3],
      ]),
    )
    const told = {
      version: 4,
      act: paused.act,
      at: paused.at,
      cause: expect.objectContaining({ type: 'cooperation.paused', by: helios.organization, cooperation }),
      facts: [{ put: expect.objectContaining({ id: cooperation, pausedAt: paused.at }) }],
    }
    expect(changes).toEqual(
      new Map([
        [helios.organization, [told]],
        [borealis.organization, [told]],
      ]),
    )
    expect(heads).toEqual(
      new Map([
        [helios.organization, 4],
        [borealis.organization, 4],
      ]),
    )
    expect(now >= paused.at).toBe(true)
  })

  it('does nothing, without a version or an audit entry, for what stands already', async () => {
    await using database = await createTestDatabase()
    const [helios, borealis] = [
      await createActing(database, 'Helios'),
      await createActing(database, 'Borealis'),
    ]
    const cooperation = await cooperate(helios, borealis)
    await helios.run('cooperation.pause', { cooperation })
    const before = await database.sql('select id from audit_entry')

    expect(await helios.run('cooperation.pause', { cooperation })).toMatchObject({ act: null, version: 4 })
    expect(await database.sql('select id from audit_entry')).toEqual(before)
    expect(await database.reads.versionOf(borealis.organization)).toBe(4)
  })

  it('U1, U2: records who acted in the own organization, and only which organization in the other', async () => {
    await using database = await createTestDatabase()
    const [helios, borealis] = [
      await createActing(database, 'Helios'),
      await createActing(database, 'Borealis'),
    ]
    const cooperation = await cooperate(helios, borealis)
    const { act } = await helios.run('cooperation.pause', { cooperation })

    const entries = await database.sql('select * from audit_entry where act = $1', [act])
    const common = {
      act,
      command: 'cooperation.pause',
      refused: null,
      cause: expect.objectContaining({ type: 'cooperation.paused' }),
      before: [expect.objectContaining({ id: cooperation, pausedAt: null })],
      after: [{ put: expect.objectContaining({ id: cooperation, pausedAt: expect.any(String) }) }],
    }
    expect(entries).toHaveLength(2)
    expect(entries.find((entry) => entry['organization_id'] === helios.organization)).toMatchObject({
      ...common,
      actor: helios.actor,
      credential: `session of ${helios.member}`,
    })
    expect(entries.find((entry) => entry['organization_id'] === borealis.organization)).toMatchObject({
      ...common,
      actor: { kind: 'organization', organization: helios.organization },
      credential: null,
    })
  })

  it("U1: records a refused command in the caller's own organization only, and changes nothing", async () => {
    await using database = await createTestDatabase()
    const [helios, borealis] = [
      await createActing(database, 'Helios'),
      await createActing(database, 'Borealis'),
    ]
    const cooperation = await cooperate(helios, borealis)

    await expect(borealis.run('cooperation.pause', { cooperation })).rejects.toMatchObject({
      code: 'INITIATOR_ONLY',
    })
    expect(await database.sql('select * from audit_entry where refused is not null')).toEqual([
      expect.objectContaining({
        organization_id: borealis.organization,
        act: null,
        cause: null,
        command: 'cooperation.pause',
        refused: 'INITIATOR_ONLY',
        actor: borealis.actor,
      }),
    ])
    expect(await database.reads.versionOf(helios.organization)).toBe(3)
  })

  it('A4: refuses what is foreign, unknown or no id at all alike, and locks nobody else for it', async () => {
    await using database = await createTestDatabase()
    const [helios, borealis, zephyr] = [
      await createActing(database, 'Helios'),
      await createActing(database, 'Borealis'),
      await createActing(database, 'Zephyr'),
    ]
    const cooperation = await cooperate(helios, borealis)
    const park = await helios.make('park.create', { name: 'Sonnenfeld' })
    await using holder = await database.hold(helios.organization)
    for (const id of [cooperation, zephyr.organization, 'nonsense']) {
      await expect(zephyr.run('cooperation.pause', { cooperation: id })).rejects.toMatchObject({
        code: 'NOT_FOUND',
      })
    }
    for (const id of [park, zephyr.organization, 'nonsense']) {
      await expect(zephyr.run('park.remove', { park: id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    }
    expect(holder.isHeld).toBe(true)
  })

  it('C1: refuses a repeated and a crossed invitation and points to the one that exists', async () => {
    await using database = await createTestDatabase()
    const [helios, borealis] = [
      await createActing(database, 'Helios'),
      await createActing(database, 'Borealis'),
    ]
    const cooperation = await helios.make('cooperation.invite', { identifier: 'borealis' })
    const exists = { code: 'COOPERATION_EXISTS', details: { cooperation } }
    await expect(helios.run('cooperation.invite', { identifier: 'borealis' })).rejects.toMatchObject(exists)
    await expect(borealis.run('cooperation.invite', { identifier: 'helios' })).rejects.toMatchObject(exists)
  })

  it('O8: removes an organization with all it has, tells the partner, and keeps the logs', async () => {
    await using database = await createTestDatabase()
    const [helios, borealis] = [
      await createActing(database, 'Helios'),
      await createActing(database, 'Borealis'),
    ]
    const cooperation = await cooperate(helios, borealis)
    const park = await helios.make('park.create', { name: 'Sonnenfeld' })
    const resource = { type: 'park', id: park } as const
    const share = await helios.make('share.create', { cooperation, resource, role: 'viewer' })
    const member = await borealis.make('member.provision', { externalId: 'p1', name: 'Ada' })
    await borealis.run('delegation.grant', { share, member, role: 'viewer' })

    const { version } = await helios.run('organization.remove', {})
    expect(await database.changes.organizationSnapshot(helios.organization)).toEqual({ version, facts: [] })
    const { facts } = await database.changes.organizationSnapshot(borealis.organization)
    expect(facts.map(({ type }) => type).toSorted()).toEqual(['member', 'member', 'organization'])
    const { changes } = await database.changes.poll(new Map([[borealis.organization, 0]]))
    expect(changes.get(borealis.organization)?.at(-1)?.cause.type).toBe('organization.removed')
    const kept = await database.sql('select id from audit_entry where organization_id = $1', [
      helios.organization,
    ])
    expect(kept.length).toBeGreaterThan(0)
  })

  it('names the field when what a caller chose is taken', async () => {
    await using database = await createTestDatabase()
    const helios = await createActing(database, 'Helios')
    await helios.run('park.create', { name: 'North', externalId: 'p-1' })
    const taken = { code: 'INVALID_INPUT', details: { field: 'externalId' } }
    await expect(helios.run('park.create', { name: 'South', externalId: 'p-1' })).rejects.toMatchObject(taken)
    await expect(
      database.executor.execute(
        { type: 'organization.create', input: { name: 'Other', identifier: 'helios' } },
        { actor: { kind: 'user', user: 'someone', name: 'Someone' }, credential: 'session' },
      ),
    ).rejects.toMatchObject({ code: 'INVALID_INPUT', details: { field: 'identifier' } })
  })
})
