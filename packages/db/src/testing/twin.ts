import {
  isDrawbridgeError,
  type Actor,
  type Command,
  type ErrorCode,
  type Fact,
  type Id,
  type Instant,
} from '@drawbridge/core'
import { createWorld, randomStep, type Step, type World } from '@drawbridge/core/testing'
import type { MikroORM } from '@mikro-orm/postgresql'
import { storedFacts } from '../entities/stored-facts.ts'
import { lockHeads, type LockHeads } from '../execution/lock-heads.ts'
import { newId } from '../execution/new-id.ts'
import { createOrm } from '../orm.ts'
import { createTestDatabase, type TestDatabase } from './create-test-database.ts'
import { createQuietLog } from './quiet-log.ts'

/** A database and a world in memory that carry out the same commands at the same instants with the same ids. */
export interface Twin extends AsyncDisposable {
  readonly database: TestDatabase
  readonly world: World
  /** Carries out a command in both, and answers how it came out in each. */
  perform(command: Command, actor: Actor): Promise<Results>
  /** The same with a random command, or a step of the clock. */
  step(numbers: readonly number[]): Promise<Results & { readonly step: Step }>
  /** Every fact that the database holds. */
  readFacts(): Promise<readonly Fact[]>
}

export interface Results {
  readonly stored: Result
  readonly inMemory: Result
}

/** What came of a step: the code of a refusal, or whether something changed. */
export type Result = ErrorCode | 'done' | 'nothing'

/** Creates both, empty; the world's clock is the commands' clock. */
export async function createTwin(now: Instant): Promise<Twin> {
  const ids: Id[] = []
  const steps = {
    newId: () => {
      const id = newId()
      ids.push(id)
      return id
    },
    lock: (async (em, organizations) => ({
      ...(await lockHeads(em, organizations)),
      now: world.now,
    })) satisfies LockHeads,
  }
  const world = createWorld({ now, newId: () => ids.shift() ?? newId() })
  const database = await createTestDatabase({ steps })
  const orm = createOrm({ url: database.url, log: createQuietLog(), poolSize: 1 })
  const perform: Twin['perform'] = async (command, actor) => {
    const by = { actor, credential: 'session' }
    const stored = await settle(async () => (await database.executor.execute(command, by)).act)
    const inMemory = await settle(async () => world.execute(command, actor).act)
    ids.length = 0
    return { stored, inMemory }
  }
  return {
    database,
    world,
    perform,
    async step(numbers) {
      const step = randomStep(world, numbers)
      if (step.kind === 'command') return { step, ...(await perform(step.command, step.actor)) }
      world.now = step.now
      return { step, stored: 'nothing', inMemory: 'nothing' }
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
