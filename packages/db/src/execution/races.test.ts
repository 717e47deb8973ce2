import { isDrawbridgeError, type Cooperation, type Delegation, type Share } from '@drawbridge/core'
import { describe, expect, it } from 'vitest'
import type { ExecutionSteps } from './execute.ts'
import { readHeads } from './lock-heads.ts'
import { cooperate, createActing, type Acting } from '../testing/create-acting.ts'
import { createTestDatabase, type TestDatabase } from '../testing/create-test-database.ts'

const rounds = 12
/** Without locks every command waits a little for company, so few rounds have to do. */
const unlockedRounds = 4
/** A broken control goes on until the race was lost once, which chance and a busy machine can put off. */
const control = { rounds: 40, isEnoughOnce: true }
const controlTimeout = 120_000

describe('commands at the same moment', () => {
  it('D5: never leave a usable role above a lowered ceiling', async () => {
    expect(await brokenRoundsOf(lowerAndDelegate)).toBe(0)
  })

  it('D5: would leave one without the locks', { timeout: controlTimeout }, async () => {
    expect(await brokenRoundsOf(lowerAndDelegate, { steps: unlocked(), ...control })).toBeGreaterThan(0)
  })

  it('C9: let one of accept and decline win and tell the other the outcome', async () => {
    expect(await brokenRoundsOf(acceptAndDecline)).toBe(0)
  })

  it('C9: would let both win without the locks', { timeout: controlTimeout }, async () => {
    expect(await brokenRoundsOf(acceptAndDecline, { steps: unlocked(), ...control })).toBeGreaterThan(0)
  })

  it('C5: bring pause and resume into one order that the log tells', async () => {
    expect(await brokenRoundsOf(pauseAndResume)).toBe(0)
  })

  it('C1: leave one cooperation of two crossed invitations', async () => {
    await using database = await createTestDatabase()
    for (let round = 0; round < rounds; round += 1) {
      const [a, b] = await createPair(database, round)
      const settled = await Promise.allSettled([
        a.run('cooperation.invite', { identifier: b.identifier }),
        b.run('cooperation.invite', { identifier: a.identifier }),
      ])
      expect(codesOf(settled)).toEqual(['COOPERATION_EXISTS'])
    }
    expect(await database.sql('select id from cooperation')).toHaveLength(rounds)
  })

  it('C1: leave one even without the locks, and tell the other so', async () => {
    await using database = await createTestDatabase({ steps: unlocked() })
    for (let round = 0; round < unlockedRounds; round += 1) {
      const [a, b] = await createPair(database, round)
      const settled = await Promise.allSettled([
        a.run('cooperation.invite', { identifier: b.identifier }),
        b.run('cooperation.invite', { identifier: a.identifier }),
      ])
      expect(codesOf(settled)).toEqual(['COOPERATION_EXISTS'])
    }
  })

  it('O1: let one user create one organization', async () => {
    await using database = await createTestDatabase()
    const by = { actor: { kind: 'user', user: 'ada', name: 'Ada' }, credential: 'session' } as const
    const settled = await Promise.allSettled(
      ['one', 'two', 'three'].map((identifier) =>
        database.executor.execute(
          { type: 'organization.create', input: { name: identifier, identifier } },
          by,
        ),
      ),
    )
    expect(codesOf(settled)).toEqual(['ALREADY_IN_ORGANIZATION', 'ALREADY_IN_ORGANIZATION'])
  })

  it('V3: number changes without a gap under twenty writers', async () => {
    await using database = await createTestDatabase({ poolSize: 20 })
    const [helios, borealis] = [
      await createActing(database, 'Helios'),
      await createActing(database, 'Borealis'),
    ]
    const cooperation = await cooperate(helios, borealis)
    await Promise.all(
      Array.from({ length: 20 }, async (_, writer) => {
        for (let round = 0; round < 3; round += 1) {
          await helios.run('park.create', { name: `Park ${writer} ${round}` })
          await helios.run(round % 2 === 0 ? 'cooperation.pause' : 'cooperation.resume', { cooperation })
        }
      }),
    )
    for (const { organization } of [helios, borealis]) {
      const versions = await database.sql<{ version: string; at: Date }>(
        'select version, at from change_log where organization_id = $1 order by version',
        [organization],
      )
      const head = await database.reads.versionOf(organization)
      expect(versions.map(({ version }) => Number(version))).toEqual(
        Array.from({ length: head }, (_, index) => index + 1),
      )
      const times = versions.map(({ at }) => at.getTime())
      expect(times).toEqual(times.toSorted((a, b) => a - b))
    }
  })
})

type Race = (database: TestDatabase, sides: readonly [Acting, Acting]) => Promise<boolean>

/** How often a race ends as it never may. */
async function brokenRoundsOf(
  race: Race,
  {
    steps = {},
    rounds: times = rounds,
    isEnoughOnce = false,
  }: { steps?: ExecutionSteps; rounds?: number; isEnoughOnce?: boolean } = {},
): Promise<number> {
  await using database = await createTestDatabase({ steps })
  let broken = 0
  for (let round = 0; round < times; round += 1) {
    if (await race(database, await createPair(database, round))) broken += 1
    if (isEnoughOnce && broken > 0) break
  }
  return broken
}

const lowerAndDelegate: Race = async (database, [owner, receiver]) => {
  const cooperation = await cooperate(owner, receiver)
  const id = await owner.make('park.create', { name: 'Sonnenfeld' })
  const role = 'technical-manager'
  const share = await owner.make('share.create', { cooperation, resource: { type: 'park', id }, role })
  const member = await receiver.make('member.provision', { externalId: 'ada', name: 'Ada' })
  await Promise.allSettled([
    owner.run('share.setRole', { share, role: 'viewer' }),
    receiver.run('delegation.grant', { share, member, role }),
  ])
  const { facts } = await database.changes.organizationSnapshot(receiver.organization)
  const ceiling = facts.find((fact): fact is Share => fact.type === 'share')?.role
  const delegated = facts.find((fact): fact is Delegation => fact.type === 'delegation')?.role
  return ceiling === 'viewer' && delegated === role
}

const acceptAndDecline: Race = async (database, [initiator, invitee]) => {
  const cooperation = await initiator.make('cooperation.invite', { identifier: invitee.identifier })
  const settled = await Promise.allSettled([
    invitee.run('cooperation.accept', { cooperation }),
    invitee.run('cooperation.decline', { cooperation }),
  ])
  const { facts } = await database.changes.organizationSnapshot(initiator.organization)
  const standing = facts.find((fact): fact is Cooperation => fact.type === 'cooperation')
  const [accepted, declined] = settled.map(({ status }) => status === 'fulfilled')
  return accepted === declined || (standing?.state === 'active') !== accepted
}

const pauseAndResume: Race = async (database, [initiator, invitee]) => {
  const cooperation = await cooperate(initiator, invitee)
  await Promise.all([
    initiator.run('cooperation.pause', { cooperation }),
    initiator.run('cooperation.resume', { cooperation }),
    initiator.run('cooperation.pause', { cooperation }),
  ])
  const { facts } = await database.changes.organizationSnapshot(invitee.organization)
  const standing = facts.find((fact): fact is Cooperation => fact.type === 'cooperation')
  const { changes } = await database.changes.poll(new Map([[invitee.organization, 0]]))
  const last = changes.get(invitee.organization)?.at(-1)?.cause.type
  return (last === 'cooperation.paused') !== (standing?.pausedAt !== null)
}

/** As the real step, but nobody waits; both see the same facts before either has written. */
function unlocked(): ExecutionSteps {
  const waiting = new Set<() => void>()
  return {
    async lock(em, organizations) {
      const heads = await readHeads(em, organizations, '')
      await meet(waiting)
      return heads
    },
  }
}

/** Waits for another command to come as far, if one does soon. */
async function meet(waiting: Set<() => void>): Promise<void> {
  const [other] = waiting
  if (other !== undefined) {
    waiting.delete(other)
    return other()
  }
  const { promise, resolve } = Promise.withResolvers<void>()
  waiting.add(resolve)
  const timer = setTimeout(resolve, 40)
  await promise
  clearTimeout(timer)
  waiting.delete(resolve)
}

async function createPair(database: TestDatabase, round: number): Promise<readonly [Acting, Acting]> {
  return [await createActing(database, `Helios ${round}`), await createActing(database, `Borealis ${round}`)]
}

function codesOf(settled: readonly PromiseSettledResult<unknown>[]): readonly string[] {
  return settled.flatMap((one) =>
    one.status === 'rejected' ? [isDrawbridgeError(one.reason) ? one.reason.code : String(one.reason)] : [],
  )
}
