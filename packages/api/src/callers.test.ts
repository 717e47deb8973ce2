import {
  cooperationActSchema,
  organizationCreatedSchema,
  parkActSchema,
  portfolioActSchema,
  shareActSchema,
} from '@drawbridge/protocol'
import { describe, expect, it } from 'vitest'
import { procedurePaths } from './router.ts'
import { answerOf, createCaller, type TestCaller } from './testing/caller.ts'
import { createMemoryApi, type MemoryApi } from './testing/memory-api.ts'
import { createTenant } from './testing/tenants.ts'

const unknown = '01980000-0000-7000-8000-ffffffffffff'

/** An input for every procedure that is well formed, so that only the caller decides. */
const wellFormed: Readonly<Record<string, object>> = {
  'organization.create': { name: 'Second' },
  'organization.update': { name: 'Renamed' },
  'organization.find': { identifier: 'nobody' },
  'member.provision': { externalId: 'x', name: 'X' },
  'member.setRole': { member: unknown, role: 'member' },
  'member.setExpiration': { member: unknown, expiresAt: null },
  'park.create': { name: 'P' },
  'portfolio.create': { name: 'P' },
  'portfolio.addPark': { portfolio: unknown, park: unknown },
  'portfolio.removePark': { portfolio: unknown, park: unknown },
  'assignment.grant': { member: unknown, resource: { type: 'park', id: unknown }, role: 'viewer' },
  'assignment.revoke': { member: unknown, resource: { type: 'park', id: unknown } },
  'cooperation.invite': { identifier: 'nobody' },
  'cooperation.setExpiration': { cooperation: unknown, expiresAt: null },
  'share.create': { cooperation: unknown, resource: { type: 'park', id: unknown }, role: 'viewer' },
  'share.createMany': {
    shares: [{ cooperation: unknown, resource: { type: 'park', id: unknown }, role: 'viewer' }],
  },
  'share.setRole': { share: unknown, role: 'viewer' },
  'share.setExpiration': { share: unknown, expiresAt: null },
  'delegation.grant': { share: unknown, member: unknown, role: 'viewer' },
  'delegation.grantMany': { shares: [unknown], members: [unknown], role: 'viewer' },
  'delegation.revoke': { share: unknown, member: unknown },
  'access.check': { resource: { type: 'park', id: unknown }, action: 'view' },
  'access.checkMany': { checks: [{ resource: { type: 'park', id: unknown }, action: 'view' }] },
  'access.who': { resource: { type: 'park', id: unknown } },
}

function inputOf(path: string): object | undefined {
  const [noun = '', verb = ''] = path.split('.')
  const takesNothing =
    ['organization', 'me'].includes(noun) || verb === 'list' || (verb === 'leave' && noun === 'member')
  return wellFormed[path] ?? (takesNothing || path === 'access.snapshot' ? undefined : { [noun]: unknown })
}

describe('nobody', () => {
  it.for(procedurePaths)('is UNAUTHENTICATED at %s', async (path) => {
    await using api = createMemoryApi()
    const calls = [createCaller(api), createCaller(api, { authorization: 'Bearer guessed' })]
    for (const call of calls) {
      const refused = { ok: false, status: 401, error: { code: 'UNAUTHENTICATED', details: {} } }
      expect(await call(path, inputOf(path))).toMatchObject(refused)
      expect(await call(path, { surprise: true })).toMatchObject(refused)
    }
  })
})

describe('a user without an organization', () => {
  const open = new Set(['me.get', 'organization.create', 'organization.find'])

  it.for(procedurePaths)('O1: is answered alike at %s', async (path) => {
    await using api = createMemoryApi()
    const call = createCaller(api, await api.signUp('Ada'))
    const refused = { status: 404, error: { code: 'NOT_FOUND', details: { what: 'organization' } } }
    expect(await call(path, inputOf(path))).toMatchObject(open.has(path) ? { ok: true } : refused)
  })

  it('O1: becomes the first admin of the organization it creates, and creates no second', async () => {
    await using api = createMemoryApi()
    const call = createCaller(api, await api.signUp('Ada'))
    expect(await call('me.get')).toMatchObject({
      data: { user: { name: 'Ada' }, organization: null, member: null },
    })
    const { organization, member } = await answerOf(
      call('organization.create', { name: 'Helios Energy' }),
      organizationCreatedSchema,
    )
    expect(organization.identifier).toMatch(/^helios-energy-[0-9a-z]{6}$/)
    expect(member).toMatchObject({ role: 'admin', organization: organization.id })
    expect(await call('organization.create', { name: 'Other' })).toMatchObject({
      status: 409,
      error: { code: 'ALREADY_IN_ORGANIZATION' },
    })
  })
})

describe('a closed membership', () => {
  const open = new Set(['me.get', 'member.leave', 'access.check', 'access.checkMany', 'organization.create'])

  for (const [kind, code, reason] of [
    ['paused', 'MEMBERSHIP_PAUSED', 'membership_paused'],
    ['expired', 'MEMBERSHIP_EXPIRED', 'membership_expired'],
  ] as const) {
    it.for(procedurePaths.filter((path) => !open.has(path)))(`O4: ${kind}, is refused %s`, async (path) => {
      await using api = createMemoryApi()
      const { call } = await join(api, await createTenant(api, 'Helios'), kind)
      expect(await call(path, inputOf(path))).toMatchObject({ status: 403, error: { code } })
    })

    it(`O4: ${kind}, is told so, and can leave`, async () => {
      await using api = createMemoryApi()
      const { call } = await join(api, await createTenant(api, 'Helios'), kind)
      expect(await call('me.get')).toMatchObject({ ok: true, data: { organization: { name: 'Helios' } } })
      const question = { resource: { type: 'park', id: unknown }, action: 'view' }
      expect(await call('access.check', question)).toMatchObject({ data: { allowed: false, reason } })
      expect(await call('access.checkMany', { checks: [question] })).toMatchObject({ data: [{ reason }] })
      expect(await call('access.check', { ...question, member: unknown })).toMatchObject({ error: { code } })
      expect(await call('member.leave')).toMatchObject({ ok: true })
      expect(await call('me.get')).toMatchObject({ data: { organization: null } })
    })
  }
})

describe('a member below admin', () => {
  it('is refused what admins see of members, cooperations and shares', async () => {
    await using api = createMemoryApi()
    const { call } = await join(api, await createTenant(api, 'Helios'))
    for (const path of [
      'member.list',
      'cooperation.list',
      'cooperation.get',
      'share.list',
      'access.who',
      'park.create',
    ]) {
      expect(await call(path, inputOf(path))).toMatchObject({ status: 403, error: { code: 'NOT_ADMIN' } })
    }
  })

  it('O7: sees exactly the own parks and portfolios that it reaches', async () => {
    await using api = createMemoryApi()
    const helios = await createTenant(api, 'Helios')
    const { call, id: member } = await join(api, helios)
    const [north, , south] = await Promise.all(
      ['North', 'East', 'South'].map((name) => createPark(helios.call, name)),
    )
    const { portfolio } = await answerOf(helios.call('portfolio.create', { name: 'All' }), portfolioActSchema)
    await helios.call('portfolio.addPark', { portfolio: portfolio.id, park: south })
    for (const resource of [
      { type: 'park', id: north },
      { type: 'portfolio', id: portfolio.id },
    ]) {
      await helios.call('assignment.grant', { member, resource, role: 'viewer' })
    }

    const seen = await call('park.list')
    expect(seen).toMatchObject({ data: { items: [{ name: 'North' }, { name: 'South' }], nextCursor: null } })
    expect(await call('portfolio.list')).toMatchObject({ data: { items: [{ name: 'All' }] } })
    expect(await call('park.get', { park: south })).toMatchObject({ data: { park: { name: 'South' } } })
    const east = await createPark(helios.call, 'East 2')
    expect(await call('park.get', { park: east })).toEqual(await call('park.get', { park: unknown }))
    expect(await call('assignment.list')).toMatchObject({ data: { items: [{ member }, { member }] } })
    expect(await call('assignment.list', { member: helios.admin })).toMatchObject({
      error: { code: 'NOT_ADMIN' },
    })
  })

  it('A4: asks about itself only, by its id or its external id', async () => {
    await using api = createMemoryApi()
    const helios = await createTenant(api, 'Helios')
    const { call, id } = await join(api, helios)
    const question = {
      resource: { type: 'park', id: await createPark(helios.call, 'North') },
      action: 'view',
    }
    expect(await call('access.check', { ...question, member: id })).toMatchObject({
      data: { reason: 'no_path' },
    })
    for (const member of [helios.admin, unknown, { externalId: 'kim' }]) {
      expect(await call('access.check', { ...question, member })).toMatchObject({
        error: { code: 'NOT_ADMIN' },
      })
      expect(await call('access.snapshot', { member })).toMatchObject({ error: { code: 'NOT_ADMIN' } })
    }
    expect(await call('access.snapshot')).toMatchObject({ data: { member: id } })
  })

  it('S5: sees a resource received through a share once it is delegated', async () => {
    await using api = createMemoryApi()
    const helios = await createTenant(api, 'Helios')
    const boreas = await createTenant(api, 'Boreas')
    const { call, id: member } = await join(api, boreas)
    const { identifier } = boreas
    const { cooperation } = await answerOf(
      helios.call('cooperation.invite', { identifier }),
      cooperationActSchema,
    )
    await boreas.call('cooperation.accept', { cooperation: cooperation.id })
    const park = await createPark(helios.call, 'North')
    const input = { cooperation: cooperation.id, resource: { type: 'park', id: park }, role: 'viewer' }
    const { share } = await answerOf(helios.call('share.create', input), shareActSchema)

    expect(await boreas.call('park.get', { park })).toMatchObject({ data: { park: { name: 'North' } } })
    expect(await boreas.call('park.list')).toMatchObject({ data: { items: [] } })
    expect(await call('park.get', { park })).toMatchObject({
      error: { code: 'NOT_FOUND', details: { what: 'park' } },
    })
    expect(await call('access.check', { resource: input.resource, action: 'view' })).toMatchObject({
      data: { reason: 'no_path' },
    })

    const asOwner = { resource: input.resource, action: 'view', member }
    expect(await helios.call('access.check', asOwner)).toEqual(
      await helios.call('access.check', { ...asOwner, member: unknown }),
    )

    await boreas.call('delegation.grant', { share: share.id, member, role: 'viewer' })
    expect(await call('park.get', { park })).toMatchObject({ data: { park: { name: 'North' } } })
    expect(await call('park.list')).toMatchObject({ data: { items: [] } })
    expect(await call('delegation.list')).toMatchObject({ data: { items: [{ share: share.id, member }] } })

    await helios.call('cooperation.pause', { cooperation: cooperation.id })
    expect(await boreas.call('park.get', { park })).toMatchObject({ error: { code: 'NOT_FOUND' } })
    expect(await helios.call('access.check', asOwner)).toMatchObject({
      data: { reason: 'cooperation_paused' },
    })
  })
})

/** A colleague with a sign-in, whose membership may be closed. */
async function join(
  api: MemoryApi,
  { organization }: { readonly organization: string },
  closed?: 'paused' | 'expired',
): Promise<{ readonly call: TestCaller; readonly id: string }> {
  const headers = await api.signUp('Colleague')
  const member = {
    type: 'member',
    id: api.world.newId(),
    organization,
    user: headers['authorization']?.replace('Bearer ', '') ?? null,
    externalId: null,
    name: 'Colleague',
    role: 'member',
    pausedAt: closed === 'paused' ? api.world.now : null,
    expiresAt: closed === 'expired' ? api.world.now : null,
  } as const
  api.world.record({
    cause: { type: 'membership.created', by: organization, members: [member.id] },
    facts: [{ put: member }],
    subjects: [member],
  })
  return { call: createCaller(api, headers), id: member.id }
}

async function createPark(call: TestCaller, name: string): Promise<string> {
  const { park } = await answerOf(call('park.create', { name }), parkActSchema)
  return park.id
}
