import { describe, expect, it } from 'vitest'
import { cooperate, createActing, type Acting } from '../testing/create-acting.ts'
import { createTestDatabase, type TestDatabase } from '../testing/create-test-database.ts'

describe('reads', () => {
  it('page by name and id, without gaps or repeats', async () => {
    await using database = await createTestDatabase()
    const helios = await createActing(database, 'Helios')
    for (const name of ['b', 'a', 'c', 'a', 'b']) await helios.run('park.create', { name })
    const names: string[] = []
    let cursor: string | undefined
    do {
      const page = await database.reads.parks(helios.organization, { limit: 2, cursor })
      expect(page.items.length).toBeLessThanOrEqual(2)
      names.push(...page.items.map((park) => park.name))
      cursor = page.nextCursor ?? undefined
    } while (cursor !== undefined)
    expect(names).toEqual(['a', 'a', 'b', 'b', 'c'])
  })

  it.for(['', 'nonsense', 'W10', 'WyJhIl0', 'WyJhIiwiYiJd', 'W3siJGd0IjoiIn0sImEiXQ'])(
    'refuse the foreign cursor %j',
    async (cursor) => {
      await using database = await createTestDatabase()
      const helios = await createActing(database, 'Helios')
      const refused = { code: 'INVALID_INPUT', details: { field: 'cursor' } }
      await expect(database.reads.parks(helios.organization, { cursor })).rejects.toMatchObject(refused)
      await expect(database.decisions.list(helios.member, {}, { cursor })).rejects.toMatchObject(refused)
    },
  )

  it('C2: show a cooperation with its direction, status, partner and counts to both sides', async () => {
    await using scene = await createScene()
    const { helios, borealis, cooperation, database } = scene
    const seen = { id: cooperation, status: 'active', initiator: helios.organization }
    expect(await database.reads.cooperation(helios.organization, cooperation)).toMatchObject({
      ...seen,
      direction: 'outgoing',
      partner: { id: borealis.organization, name: 'Borealis' },
      sharesGiven: 1,
      sharesReceived: 0,
    })
    expect(await database.reads.cooperation(borealis.organization, cooperation)).toMatchObject({
      ...seen,
      direction: 'incoming',
      partner: { id: helios.organization, name: 'Helios' },
      sharesGiven: 0,
      sharesReceived: 1,
    })
    await helios.run('cooperation.pause', { cooperation })
    expect(await database.reads.cooperation(borealis.organization, cooperation)).toMatchObject({
      status: 'paused',
    })
    await database.sql('update cooperation set expires_at = now()')
    expect(await database.reads.cooperation(borealis.organization, cooperation)).toMatchObject({
      status: 'expired',
    })
  })

  it('find cooperations by direction and by a part of the name, taken literally', async () => {
    await using scene = await createScene()
    const { helios, borealis, cooperation, database } = scene
    const zephyr = await createActing(database, 'Zephyr 100%')
    const pending = await zephyr.make('cooperation.invite', { identifier: helios.identifier })
    const found = async (filter: Parameters<typeof database.reads.cooperations>[1]) => {
      const { items } = await database.reads.cooperations(helios.organization, filter, {})
      return items.map(({ id }) => id)
    }
    expect(await found({})).toEqual([pending, cooperation])
    expect(await found({ direction: 'outgoing' })).toEqual([cooperation])
    expect(await found({ direction: 'incoming' })).toEqual([pending])
    expect(await found({ search: 'REAL' })).toEqual([cooperation])
    expect(await found({ search: '0%' })).toEqual([pending])
    expect(await found({ search: '%' })).toEqual([pending])
    expect(await found({ search: '_' })).toEqual([])
    expect(await database.reads.cooperation(borealis.organization, pending)).toBeNull()
    expect(await database.reads.cooperation(borealis.organization, 'nonsense')).toBeNull()
  })

  it('list shares with names, by direction and cooperation', async () => {
    await using scene = await createScene()
    const { helios, borealis, cooperation, share, database } = scene
    const { items } = await database.reads.shares(
      borealis.organization,
      { direction: 'received', cooperation },
      {},
    )
    expect(items).toEqual([
      expect.objectContaining({
        id: share,
        direction: 'received',
        resourceName: 'Sonnenfeld',
        partner: { id: helios.organization, name: 'Helios' },
        role: 'technical-manager',
      }),
    ])
    for (const filter of [
      { direction: 'given' },
      { cooperation: share },
      { cooperation: 'nonsense' },
    ] as const) {
      expect(await database.reads.shares(borealis.organization, filter, {})).toEqual({
        items: [],
        nextCursor: null,
      })
    }
  })

  it('answer one thing by its id, and null for what is not there', async () => {
    await using scene = await createScene()
    const { helios, park, database } = scene
    const portfolio = await helios.make('portfolio.create', { name: 'All' })
    await helios.run('portfolio.addPark', { portfolio, park })
    expect(await database.reads.park(park)).toMatchObject({ name: 'Sonnenfeld' })
    expect(await database.reads.portfolio(portfolio)).toMatchObject({
      portfolio: { name: 'All' },
      parks: [{ id: park }],
    })
    expect(await database.reads.organizationByIdentifier('helios')).toMatchObject({ name: 'Helios' })
    for (const id of [helios.member, 'nonsense']) {
      expect(await database.reads.park(id)).toBeNull()
      expect(await database.reads.portfolio(id)).toBeNull()
    }
    expect(await database.reads.membershipOf('nobody')).toBeNull()
    expect(await database.reads.organizationByIdentifier('nobody')).toBeNull()
    expect(await database.reads.versionOf('nonsense')).toBe(0)
  })

  it('list assignments and delegations by what they are of', async () => {
    await using scene = await createScene()
    const { helios, borealis, park, share, database } = scene
    const resource = { type: 'park', id: park } as const
    await helios.run('assignment.grant', { member: helios.member, resource, role: 'viewer' })
    const ada = await borealis.make('member.provision', { externalId: 'ada', name: 'Ada' })
    await borealis.run('delegation.grant', { share, member: ada, role: 'viewer' })
    const assignments = async (filter: Parameters<typeof database.reads.assignments>[1]) =>
      (await database.reads.assignments(helios.organization, filter, {})).items
    expect(await assignments({ resource })).toEqual(await assignments({ member: helios.member }))
    expect(await assignments({})).toHaveLength(1)
    expect(await assignments({ member: ada })).toEqual([])
    expect(await assignments({ resource: { type: 'portfolio', id: park } })).toEqual([])

    const delegations = async (filter: Parameters<typeof database.reads.delegations>[1]) =>
      (await database.reads.delegations(borealis.organization, filter, {})).items
    expect(await delegations({ share, member: ada })).toHaveLength(1)
    expect(await delegations({ member: borealis.member })).toEqual([])
    expect(await delegations({ share: 'nonsense' })).toEqual([])
    expect(await database.reads.membersByExternalId(borealis.organization, ['ada', 'nobody'])).toMatchObject([
      { id: ada },
    ])
    expect(await database.reads.membersByExternalId(helios.organization, ['ada'])).toEqual([])
  })
})

interface Scene extends AsyncDisposable {
  readonly database: TestDatabase
  readonly helios: Acting
  readonly borealis: Acting
  readonly cooperation: string
  readonly park: string
  readonly share: string
}

async function createScene(): Promise<Scene> {
  const database = await createTestDatabase()
  const [helios, borealis] = [
    await createActing(database, 'Helios'),
    await createActing(database, 'Borealis'),
  ]
  const cooperation = await cooperate(helios, borealis)
  const park = await helios.make('park.create', { name: 'Sonnenfeld' })
  const resource = { type: 'park', id: park } as const
  const share = await helios.make('share.create', { cooperation, resource, role: 'technical-manager' })
  return {
    database,
    helios,
    borealis,
    cooperation,
    park,
    share,
    [Symbol.asyncDispose]: () => database.close(),
  }
}
