import {
  assignmentActSchema,
  cooperationActSchema,
  memberActSchema,
  parkActSchema,
  portfolioActSchema,
  shareActSchema,
} from '@drawbridge/protocol'
import { expect, it } from 'vitest'
import { procedurePaths } from './router.ts'
import { answerOf, type TestCaller } from './testing/caller.ts'
import { createMemoryApi } from './testing/memory-api.ts'
import { createTenant } from './testing/tenants.ts'

it('answers every procedure in its agreed shape', async () => {
  await using api = createMemoryApi()
  const answered = new Set<string>()
  const recorded =
    (call: TestCaller): TestCaller =>
    async (path, input) => {
      const outcome = await call(path, input)
      if (outcome.ok) answered.add(path)
      return outcome
    }
  const helios = await createTenant(api, 'Helios')
  const boreas = await createTenant(api, 'Boreas')
  answered.add('organization.create')
  const owner = recorded(helios.call)
  const partner = recorded(boreas.call)
  const ended = { act: expect.any(String), version: expect.any(Number) }
  const ok = (data: object) => ({ ok: true, data })

  const me = {
    user: { name: 'Helios Admin' },
    organization: { id: helios.organization },
    member: { id: helios.admin },
  }
  expect(await owner('me.get')).toMatchObject(ok(me))
  expect(await owner('organization.get')).toEqual(
    ok({
      organization: {
        id: helios.organization,
        name: 'Helios',
        identifier: helios.identifier,
        status: 'registered',
        timeZone: 'UTC',
      },
    }),
  )
  const moved = { organization: { name: 'Helios', timeZone: 'Europe/Berlin' }, ...ended }
  expect(await owner('organization.update', { timeZone: 'Europe/Berlin' })).toMatchObject(ok(moved))
  const { identifier } = boreas
  expect(await owner('organization.find', { identifier })).toEqual(ok({ identifier, name: 'Boreas' }))

  const person = { externalId: 'kim', name: 'Kim' }
  const { member } = await answerOf(partner('member.provision', person), memberActSchema)
  expect(member).toMatchObject({ externalId: 'kim', user: null, role: 'member', pausedAt: null })
  expect(member).not.toHaveProperty('type')
  expect(await partner('member.setRole', { member: member.id, role: 'member' })).toMatchObject(
    ok({ act: null }),
  )
  expect(await partner('member.pause', { member: member.id })).toMatchObject(
    ok({ member: { pausedAt: api.world.now }, ...ended }),
  )
  expect(await partner('member.resume', { member: member.id })).toMatchObject(
    ok({ member: { pausedAt: null } }),
  )
  expect(await partner('member.setExpiration', { member: member.id, expiresAt: '2027-01-31' })).toMatchObject(
    ok({ member: { expiresAt: '2027-02-01T00:00:00.000Z' } }),
  )
  expect(await partner('member.list')).toMatchObject(
    ok({ items: [{ role: 'admin' }, { name: 'Kim' }], nextCursor: null }),
  )

  const { park } = await answerOf(owner('park.create', { name: 'North', kind: 'wind' }), parkActSchema)
  expect(park).toEqual({
    type: 'park',
    id: park.id,
    organization: helios.organization,
    name: 'North',
    kind: 'wind',
    peakPowerKw: null,
    location: null,
    externalId: null,
  })
  expect(await owner('park.update', { park: park.id, peakPowerKw: 4200.5 })).toMatchObject(
    ok({ park: { kind: 'wind', peakPowerKw: 4200.5 } }),
  )
  expect(await owner('park.get', { park: park.id })).toMatchObject(ok({ park: { id: park.id } }))
  expect(await owner('park.list')).toMatchObject(ok({ items: [{ id: park.id }], nextCursor: null }))

  const { portfolio } = await answerOf(owner('portfolio.create', { name: 'All' }), portfolioActSchema)
  const entry = { portfolio: portfolio.id, park: park.id }
  expect(await owner('portfolio.addPark', entry)).toMatchObject(
    ok({ portfolio: { id: portfolio.id }, ...ended }),
  )
  expect(await owner('portfolio.update', { portfolio: portfolio.id, externalId: 'P1' })).toMatchObject(
    ok({ portfolio: { externalId: 'P1' } }),
  )
  expect(await owner('portfolio.get', { portfolio: portfolio.id })).toMatchObject(
    ok({ portfolio: { id: portfolio.id }, parks: [{ id: park.id }] }),
  )
  expect(await owner('portfolio.list')).toMatchObject(ok({ items: [{ id: portfolio.id }] }))

  const invitation = owner('cooperation.invite', { identifier })
  const { cooperation } = await answerOf(invitation, cooperationActSchema)
  expect(cooperation).toEqual({
    id: cooperation.id,
    initiator: helios.organization,
    invitee: boreas.organization,
    status: 'pending',
    pausedAt: null,
    expiresAt: null,
  })
  const named = { cooperation: cooperation.id }
  const shows = (status: string) => ok({ cooperation: { id: cooperation.id, status }, ...ended })
  expect(await partner('cooperation.accept', named)).toMatchObject(shows('active'))
  expect(await partner('cooperation.accept', named)).toMatchObject(ok({ act: null }))
  expect(await owner('cooperation.pause', named)).toMatchObject(shows('paused'))
  expect(await owner('cooperation.resume', named)).toMatchObject(shows('active'))
  const until = { ...named, expiresAt: '2027-12-31T20:00:00+01:00' }
  expect(await owner('cooperation.setExpiration', until)).toMatchObject(
    ok({ cooperation: { status: 'active', expiresAt: '2027-12-31T19:00:00.000Z' } }),
  )

  const wanted = { ...named, resource: { type: 'park', id: park.id }, role: 'technical-manager' }
  const { share } = await answerOf(owner('share.create', wanted), shareActSchema)
  const all = { ...named, resource: { type: 'portfolio', id: portfolio.id }, role: 'viewer' }
  expect(await owner('share.createMany', { shares: [all] })).toMatchObject(
    ok({ shares: [{ role: 'viewer' }], ...ended }),
  )
  const still = [{ park: park.id, role: 'viewer' }]
  expect(await owner('share.pause', { share: share.id })).toMatchObject(
    ok({ share: { pausedAt: api.world.now }, stillReaches: still, ...ended }),
  )
  const resumed = await owner('share.resume', { share: share.id })
  expect(resumed).toMatchObject(ok({ share: { pausedAt: null }, ...ended }))
  expect(resumed).not.toHaveProperty('data.stillReaches')
  expect(await owner('share.pause', named)).toMatchObject(
    ok({ shares: [{}, {}], stillReaches: expect.any(Array) }),
  )
  expect(await owner('share.resume', named)).toMatchObject(ok({ shares: [{ pausedAt: null }, {}], ...ended }))
  expect(await owner('share.setExpiration', { share: share.id, expiresAt: null })).toMatchObject(
    ok({ share: { expiresAt: null }, act: null }),
  )

  const grant = { share: share.id, member: member.id, role: 'technical-manager' }
  expect(await partner('delegation.grant', grant)).toMatchObject(
    ok({ delegation: { member: member.id }, ...ended }),
  )
  const many = { shares: [share.id], members: [member.id], role: 'viewer' }
  expect(await partner('delegation.grantMany', many)).toMatchObject(ok({ delegations: [{ role: 'viewer' }] }))
  expect(await partner('delegation.list')).toMatchObject(ok({ items: [{ share: share.id }] }))

  const question = { resource: { type: 'park', id: park.id }, action: 'view', member: { externalId: 'kim' } }
  const decision = { allowed: true, actions: ['view'], role: 'viewer', reason: 'allowed' }
  expect(await partner('access.check', question)).toMatchObject(ok(decision))
  expect(
    await partner('access.checkMany', { checks: [question, { ...question, action: 'operate' }] }),
  ).toMatchObject(ok([decision, { allowed: false, reason: 'role_too_low' }]))
  expect(await partner('access.list', { type: 'park' })).toMatchObject(
    ok({
      items: [
        { resource: { type: 'park', id: park.id }, owner: { name: 'Helios' }, role: 'technical-manager' },
      ],
    }),
  )
  expect(await owner('access.who', { resource: question.resource })).toMatchObject(
    ok({
      items: [
        { organization: { name: 'Helios' } },
        { organization: { name: 'Boreas' } },
        { member: { name: 'Kim' } },
      ],
    }),
  )
  expect(await partner('access.snapshot', { member: member.id })).toMatchObject(
    ok({
      organization: boreas.organization,
      member: member.id,
      version: expect.any(Number),
      facts: expect.any(Array),
    }),
  )

  expect(await partner('delegation.revoke', { share: share.id, member: member.id })).toMatchObject(
    ok({ delegation: { role: 'viewer' }, ...ended }),
  )
  expect(await partner('delegation.revoke', { share: share.id, member: member.id })).toMatchObject(
    ok({ delegation: null, act: null }),
  )
  expect(await owner('share.setRole', { share: share.id, role: 'viewer' })).toMatchObject(
    ok({ share: { role: 'viewer' }, stillReaches: still }),
  )
  expect(await partner('share.list', { direction: 'received' })).toMatchObject(
    ok({ items: [{ direction: 'received', resourceName: 'North', partner: { name: 'Helios' } }, {}] }),
  )
  expect(await owner('share.remove', { share: share.id })).toMatchObject(
    ok({ share: { id: share.id }, stillReaches: still, ...ended }),
  )
  expect(await partner('cooperation.list', { direction: 'incoming', search: 'hel' })).toMatchObject(
    ok({
      items: [{ id: cooperation.id, direction: 'incoming', partner: { name: 'Helios' }, sharesReceived: 1 }],
    }),
  )
  expect(await owner('cooperation.get', named)).toMatchObject(
    ok({ cooperation: { direction: 'outgoing', sharesGiven: 1 } }),
  )
  expect(await partner('cooperation.leave', named)).toMatchObject(shows('left'))

  const again = async () => {
    const invited = await answerOf(owner('cooperation.invite', { identifier }), cooperationActSchema)
    return { cooperation: invited.cooperation.id }
  }
  const status = (value: string) => ok({ cooperation: { status: value }, ...ended })
  expect(await partner('cooperation.decline', await again())).toMatchObject(status('declined'))
  expect(await owner('cooperation.cancel', await again())).toMatchObject(status('cancelled'))
  const last = await again()
  await partner('cooperation.accept', last)
  expect(await owner('cooperation.remove', last)).toMatchObject(status('removed'))

  const colleague = await answerOf(owner('member.provision', person), memberActSchema)
  const task = { member: colleague.member.id, resource: question.resource }
  const granted = await answerOf(
    owner('assignment.grant', { ...task, role: 'operator' }),
    assignmentActSchema,
  )
  expect(await owner('assignment.list', { resource: question.resource })).toMatchObject(
    ok({ items: [granted.assignment] }),
  )
  expect(await owner('assignment.revoke', task)).toMatchObject(
    ok({ assignment: granted.assignment, ...ended }),
  )
  expect(await owner('assignment.revoke', task)).toMatchObject(ok({ assignment: null, act: null }))
  expect(await owner('member.remove', { member: colleague.member.id })).toMatchObject(
    ok({ member: { name: 'Kim' } }),
  )
  expect(await owner('portfolio.removePark', entry)).toMatchObject(ok({ portfolio: { id: portfolio.id } }))
  expect(await owner('portfolio.remove', { portfolio: portfolio.id })).toMatchObject(
    ok({ portfolio: { id: portfolio.id } }),
  )
  expect(await owner('park.remove', { park: park.id })).toMatchObject(ok({ park: { id: park.id } }))

  const leaving = await createTenant(api, 'Third')
  api.world.record({
    cause: { type: 'membership.created', by: leaving.organization },
    facts: [
      {
        put: {
          ...member,
          type: 'member',
          id: api.world.newId(),
          organization: leaving.organization,
          externalId: null,
          role: 'admin',
          expiresAt: null,
        },
      },
    ],
    subjects: [],
  })
  expect(await recorded(leaving.call)('member.leave')).toMatchObject(
    ok({ member: { id: leaving.admin }, ...ended }),
  )
  expect(await owner('organization.remove')).toMatchObject(ok({ organization: { name: 'Helios' }, ...ended }))

  expect([...answered].toSorted()).toEqual(procedurePaths.toSorted())
})

it('C2: shows a cooperation that has expired as expired, also while it is paused', async () => {
  await using api = createMemoryApi()
  const owner = await createTenant(api, 'Helios')
  const { call, identifier } = await createTenant(api, 'Boreas')
  const invited = await answerOf(owner.call('cooperation.invite', { identifier }), cooperationActSchema)
  const named = { cooperation: invited.cooperation.id }
  await call('cooperation.accept', named)
  await owner.call('cooperation.setExpiration', { ...named, expiresAt: '2026-03-02T10:00:00Z' })
  api.world.advance({ hours: 2 })

  expect(await owner.call('cooperation.pause', named)).toMatchObject({
    data: { cooperation: { status: 'expired' } },
  })
  expect(await owner.call('cooperation.resume', named)).toMatchObject({
    error: { code: 'COOPERATION_EXPIRED' },
  })
  expect(await owner.call('cooperation.list')).toMatchObject({ data: { items: [{ status: 'expired' }] } })
})
