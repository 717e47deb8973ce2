import { expect, it } from 'vitest'
import { createLab } from './fixtures/lab.ts'
import { ada, ben, sun, wind } from './fixtures/park-world.ts'

it('decides for any member that it names, by id or external id', async () => {
  await using lab = await createLab({ audience: 'organization' })
  const { bridge } = lab
  expect(bridge.status.current).toBe('live')
  expect(bridge.can('maintain', sun, { member: 'mia' })).toBe(true)
  expect(bridge.can('maintain', sun, { member: { externalId: 'crm-7' } })).toBe(true)
  expect(bridge.can('maintain', sun, { member: 'ben' })).toBe(true)
  expect(bridge.can('maintain', sun, { member: 'nobody' })).toBe(false)
  expect(bridge.decide('view', sun, { member: { externalId: 'crm-8' } }).reason).toBe('unknown')
  expect(bridge.list({ member: 'mia' }).map(({ name }) => name)).toEqual(['Nord', 'Sonnenfeld', 'Windhang'])
})

it('decides nothing where no member is named', async () => {
  await using lab = await createLab({ audience: 'organization' })
  expect(lab.bridge.can('view', sun)).toBe(false)
  expect(lab.bridge.decide('view', sun).reason).toBe('unknown')
})

it('ends the signals of the member concerned, also at a deadline', async () => {
  await using lab = await createLab({ audience: 'organization' })
  const expiresAt = new Date(lab.clock.wall() + 5_000).toISOString()
  const run = (...[actor, command]: Parameters<typeof lab.script.run>) =>
    lab.script.run(actor, command, 'organization')
  run(ben, {
    type: 'delegation.grant',
    input: { share: 'share-sun', member: 'mia', role: 'viewer', expiresAt },
  })
  const mia = lab.bridge.signal('view', sun, { member: 'mia' })
  const ben2 = lab.bridge.signal('view', sun, { member: 'ben' })
  lab.clock.advance(5_000)
  expect(mia.aborted).toBe(true)
  expect(ben2.aborted).toBe(false)
  run(ada, { type: 'share.pause', input: { share: 'share-sun' } })
  expect(ben2.aborted).toBe(true)
  expect(lab.bridge.can('view', wind, { member: 'mia' })).toBe(true)
})

it('asks for a fresh snapshot as soon as a version is missing', async () => {
  await using lab = await createLab({ audience: 'organization' })
  lab.script.lose(ada, { type: 'share.pause', input: { share: 'share-sun' } }, 'organization')
  lab.script.run(ada, { type: 'park.update', input: { park: 'sun', name: 'Neu' } }, 'organization')
  expect(lab.bridge.can('view', sun, { member: 'mia' })).toBe(false)
  expect(lab.bridge.status.current).toBe('stale')
})
