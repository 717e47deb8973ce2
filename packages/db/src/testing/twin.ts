import { isDrawbridgeError, type ErrorCode, type Fact, type Id } from '@drawbridge/core'
import { createWorld, type World } from '@drawbridge/core/testing'
import type { MikroORM } from '@mikro-orm/postgresql'
import { storedFacts } from '../entities/stored-facts.ts'
import { newId } from '../execution/new-id.ts'
import { createOrm } from '../orm.ts'
import { createTestDatabase, type TestDatabase } from './create-test-database.ts'
import { createQuietLog } from './quiet-log.ts'
import type { Step } from './random-step.ts'

/** A database and a world in memory that carry out the same commands at the same instants with the same ids. */
export interface Twin extends AsyncDisposable {
  readonly database: TestDatabase
  readonly world: World
  /** Carries out a step in both, and answers how it came out in each. */
  perform(step: Step): Promise<{ readonly stored: Result; readonly inMemory: Result }>
  /** Every fact that the database holds. */
  readFacts(): Promise<readonly Fact[]>
}

/** What came of a step: the code of a refusal, or whether something changed. */
export type Result = ErrorCode | 'done' | 'nothing'

export async function createTwin(): Promise<Twin> {
  const ids: Id[] = []
  const recordId = () => {
    const id = newId()
    ids.push(id)
    return id
  }
  const database = await createTestDatabase({ steps: { newId: recordId } })
  const orm = createOrm({ url: database.url, log: createQuietLog(), poolSize: 1 })
  const world = createWorld({ newId: () => ids.shift() ?? newId() })
  return {
    database,
    world,
    async perform({ command, actor }) {
      ids.length = 0
      const stored = await settle(async () => {
        const { act, at } = await database.executor.execute(command, { actor, credential: 'session' })
        world.now = at
        return act
      })
      if (stored !== 'done' && stored !== 'nothing') world.now = await lastRefusal(database, world.now)
      return { stored, inMemory: await settle(async () => world.execute(command, actor).act) }
    },
    readFacts: () => readFacts(orm),
    async [Symbol.asyncDispose]() {
      await orm.close()
      await database.close()
    },
  }
}

async function settle(attempt: () => Promise<Id | null>): Promise<Result> {
  try {
    return (await attempt()) === null ? 'nothing' : 'done'
  } catch (error) {
    if (isDrawbridgeError(error)) return error.code
    throw error
  }
}

/** A refusal is recorded with the instant at which the rule refused. */
async function lastRefusal(database: TestDatabase, otherwise: string): Promise<string> {
  const [row] = await database.sql<{ at: Date }>('select at from audit_entry order by id desc limit 1')
  const at = row?.at.toISOString() ?? otherwise
  return at > otherwise ? at : otherwise
}

async function readFacts(orm: MikroORM): Promise<readonly Fact[]> {
  const em = orm.em.fork()
  const facts: Fact[] = []
  facts.push(...(await storedFacts.organization.find(em, {})))
  facts.push(...(await storedFacts.member.find(em, {})))
  facts.push(...(await storedFacts.park.find(em, {})))
  facts.push(...(await storedFacts.portfolio.find(em, {})))
  facts.push(...(await storedFacts.portfolioEntry.find(em, {})))
  facts.push(...(await storedFacts.assignment.find(em, {})))
  facts.push(...(await storedFacts.cooperation.find(em, {})))
  facts.push(...(await storedFacts.share.find(em, {})))
  facts.push(...(await storedFacts.delegation.find(em, {})))
  return facts
}
