import { expect, it } from 'vitest'
import { createLab } from './fixtures/lab.ts'
import { ada, sun } from './fixtures/park-world.ts'

it('lists what is reached now with its owner and open paths, by name', async () => {
  await using lab = await createLab()
  expect(lab.bridge.list().map(({ name }) => name)).toEqual(['Nord', 'Sonnenfeld', 'Windhang'])
  expect(lab.bridge.list({ type: 'park', action: 'maintain' })).toEqual([
    {
      resource: sun,
      name: 'Sonnenfeld',
      externalId: null,
      owner: { id: 'helios', name: 'Helios Energy' },
      actions: ['view', 'maintain'],
      role: 'technical-manager',
      paths: [{ via: 'share', share: 'share-sun', role: 'technical-manager' }],
      validUntil: null,
    },
  ])
})

it('lists only open paths', async () => {
  await using lab = await createLab()
  lab.script.run(ada, { type: 'portfolio.addPark', input: { portfolio: 'north', park: 'sun' } })
  const pathsOfSun = () => lab.bridge.list().find(({ resource }) => resource.id === 'sun')?.paths
  expect(pathsOfSun()).toHaveLength(2)
  lab.script.run(ada, { type: 'share.pause', input: { share: 'share-sun' } })
  expect(pathsOfSun()).toEqual([{ via: 'share', share: 'share-north', role: 'viewer' }])
})
