import { createDatabase } from '@drawbridge/db'
import { createTestDatabase } from '@drawbridge/db/testing'
import { expect, it } from 'vitest'
import { openAccounts } from '../accounts/accounts.ts'
import { createAuthPool } from '../accounts/auth-pool.ts'
import { createLog } from '../create-log.ts'
import { seedSample } from './seed.ts'

it(
  'goes on where a kill ended it, wherever that was, and does nothing once it is done',
  { timeout: 60_000 },
  async () => {
    await using test = await createTestDatabase()
    await using database = await createDatabase({ url: test.url, log: createLog('silent') })
    const pool = createAuthPool(test.url, () => {})
    await using cleanUp = new AsyncDisposableStack()
    cleanUp.defer(() => pool.end())
    const publicUrl = 'http://127.0.0.1:3000'
    const secret = 'a secret that only tests know, 32 characters'
    const accounts = await openAccounts({ pool, secret, publicUrl, allowedOrigins: [publicUrl] })
    const { executor, reads } = database

    // Each start gets one command further than the one before.
    let starts = 0
    for (let isDone = false; !isDone; starts += 1) {
      let left = starts
      const failing: typeof executor = {
        execute: (command, by) => {
          if (left === 0) throw new Error('killed')
          left -= 1
          return executor.execute(command, by)
        },
      }
      isDone = await seedSample({ accounts, executor: failing, reads }).then(
        () => true,
        () => false,
      )
      if (starts > 60) throw new Error('the seed never ends')
    }
    expect(starts).toBeGreaterThan(5)

    const { id } = await accounts.ensureUser({
      name: 'Ada',
      email: 'ada@helios.example',
      password: 'not asked for',
    })
    const organization = (await reads.membershipOf(id))?.organization.id ?? ''
    expect((await reads.parks(organization, {})).items).toHaveLength(6)
    expect((await reads.shares(organization, {}, {})).items).toHaveLength(1)
    const version = await reads.versionOf(organization)
    await seedSample({ accounts, executor, reads })
    expect(await reads.versionOf(organization)).toBe(version)
  },
)
