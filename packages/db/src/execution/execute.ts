import {
  applyAndTell,
  applyRule,
  DrawbridgeError,
  needsOf,
  organizationsIn,
  type ActId,
  type CauseType,
  type Command,
  type CommandType,
  type Context,
  type Fact,
  type FactSet,
  type Id,
  type Instant,
  type Need,
  type OrganizationId,
  type Outcome,
  type StillReached,
} from '@drawbridge/core'
import type { EntityManager, MikroORM } from '@mikro-orm/postgresql'
import { loadFacts } from '../load/load-facts.ts'
import type { Log } from '../log.ts'
import { isRaced, toDrawbridgeError, unavailable } from '../failures.ts'
import { lockHeads, type Heads, type LockHeads } from './lock-heads.ts'
import { newId as createId } from './new-id.ts'
import { recordAct, type By } from './record-act.ts'
import { recordRefusal } from './record-refusal.ts'
import { store } from './store.ts'

const attempts = 5

/** What a command did. */
export interface Execution {
  /** Null when nothing changed. */
  readonly act: ActId | null
  readonly at: Instant
  readonly cause: CauseType
  /** The acting organization's version after it. */
  readonly version: number
  readonly subjects: readonly Fact[]
  readonly stillReaches: readonly StillReached[]
}

/** Carries out commands, each in one transaction. */
export interface Executor {
  /** Throws the DrawbridgeError that refuses the command, or `UNAVAILABLE` when nothing could be done. */
  execute<T extends CommandType>(command: Command<T>, by: By): Promise<Execution>
}

export interface ExecutorOptions {
  readonly orm: MikroORM
  readonly log: Log
  /** Told after the commit which organizations have a new version. */
  readonly wake: (organizations: readonly OrganizationId[]) => void
  readonly steps?: ExecutionSteps | undefined
}

/** Steps that tests replace: to show what locking is for, and to repeat a run elsewhere. */
export interface ExecutionSteps {
  readonly lock?: LockHeads
  /** Names what a rule makes, and the act. */
  readonly newId?: () => Id
}

/** A command with its types resolved, so that one transaction serves all. */
interface Task {
  readonly command: CommandType
  readonly by: By
  readonly needs: readonly Need[]
  readonly apply: (facts: FactSet, context: Context) => Outcome
}

/** Creates what carries out commands on a database. */
export function createExecutor({ orm, log, wake, steps = {} }: ExecutorOptions): Executor {
  const { lock = lockHeads, newId = createId } = steps
  return {
    async execute<T extends CommandType>(command: Command<T>, by: By) {
      const { execution, told } = await run({
        command: command.type,
        by,
        needs: needsOf<T>(command, by.actor),
        apply: (facts, context) => applyRule<T>(facts, command, context),
      })
      if (told.length > 0) wake(told)
      return execution
    },
  }

  async function run(task: Task): Promise<Done> {
    let known: ReadonlySet<OrganizationId> = new Set()
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
      try {
        return await orm.em.fork().transactional((em) => attemptTask(em, task, known))
      } catch (failure) {
        if (failure instanceof Grown) known = failure.organizations
        else if (failure instanceof Refused) throw await refuse(task, failure)
        else if (!isRaced(failure)) throw toDrawbridgeError(failure)
      }
    }
    throw unavailable()
  }

  async function attemptTask(
    em: EntityManager,
    task: Task,
    known: ReadonlySet<OrganizationId>,
  ): Promise<Done> {
    const { by, needs } = task
    await em.execute(limits)
    const seen = organizationsOf(await loadFacts(em, needs, by.actor), by).union(known)
    const heads = await lock(em, [...seen])
    const facts = await loadFacts(em, needs, by.actor)
    const concerned = organizationsOf(facts, by)
    if (!concerned.isSubsetOf(seen)) throw new Grown(concerned.union(seen))
    return carryOut(em, { task, facts, heads, newId })
  }

  async function refuse({ command, by }: Task, { error, at }: Refused): Promise<DrawbridgeError> {
    try {
      await recordRefusal(orm.em.fork(), { command, by, error, at })
    } catch (failure) {
      log.error({ failure, command, refused: error.code }, 'a refused command could not be recorded')
    }
    return error
  }
}

interface Done {
  readonly execution: Execution
  readonly told: readonly OrganizationId[]
}

const limits = `select set_config('lock_timeout', '2s', true), set_config('statement_timeout', '10s', true),
  set_config('idle_in_transaction_session_timeout', '2s', true)`

async function carryOut(
  em: EntityManager,
  { task, facts, heads, newId }: { task: Task; facts: FactSet; heads: Heads; newId: () => Id },
): Promise<Done> {
  const { command, by } = task
  const { now: at, versions: before } = heads
  const outcome = decideOutcome(task, facts, { actor: by.actor, now: at, newId })
  const { cause, subjects, stillReaches = [] } = outcome
  const organization = by.actor.kind === 'user' ? cause.by : by.actor.organization
  const answer = { at, cause: cause.type, subjects, stillReaches }
  if (outcome.facts.length === 0) {
    return { execution: { ...answer, act: null, version: before.get(organization) ?? 0 }, told: [] }
  }
  const act = newId()
  const told = applyAndTell(facts, outcome)
  await store(em, outcome.facts)
  const after = await recordAct(em, { act, at, command, by, organization, told })
  const version = after.get(organization) ?? before.get(organization) ?? 0
  return { execution: { ...answer, act, version }, told: [...after.keys()] }
}

function decideOutcome(task: Task, facts: FactSet, context: Context): Outcome {
  try {
    return task.apply(facts, context)
  } catch (error) {
    throw error instanceof DrawbridgeError ? new Refused(error, context.now) : error
  }
}

function organizationsOf(facts: FactSet, { actor }: By): Set<OrganizationId> {
  const organizations = organizationsIn(facts)
  if (actor.kind !== 'user') organizations.add(actor.organization)
  return organizations
}

/** Rolls back, to start again with every organization that is now known to be concerned. */
class Grown extends Error {
  readonly organizations: ReadonlySet<OrganizationId>

  constructor(organizations: ReadonlySet<OrganizationId>) {
    super('more organizations are concerned than were locked')
    this.organizations = organizations
  }
}

/** Rolls back, with what the rule refused. */
class Refused extends Error {
  readonly error: DrawbridgeError
  readonly at: Instant

  constructor(error: DrawbridgeError, at: Instant) {
    super(error.message)
    this.error = error
    this.at = at
  }
}
