import { expect, it } from 'vitest'
import { createTestDatabase } from '../testing/create-test-database.ts'

it('O1: creates an organization with its first admin', async () => {
  await using database = await createTestDatabase()
  const by = { actor: { kind: 'user', user: 'u1', name: 'Ada' }, credential: 'session 1' } as const
  const done = await database.executor.execute(
    { type: 'organization.create', input: { name: 'Helios', identifier: 'helios-1' } },
    by,
  )
  expect(done).toMatchObject({ version: 1, cause: 'organization.created' })
  const m = await database.reads.membershipOf('u1')
  expect(m).toMatchObject({ member: { name: 'Ada', role: 'admin' }, organization: { name: 'Helios' } })
  const snap = await database.changes.organizationSnapshot(m?.organization.id ?? '')
  expect(snap).toEqual({ version: 1, facts: [m?.organization, m?.member] })
  const poll = await database.changes.poll(new Map([[m?.organization.id ?? '', 0]]))
  expect(poll.changes.get(m?.organization.id ?? '')).toHaveLength(1)
  expect(await database.decisions.memberSnapshot(m?.member.id ?? '')).toEqual(snap)
})
