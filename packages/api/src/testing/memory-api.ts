import type { Actor, Command, CommandType } from '@drawbridge/core'
import { createWorld, type World } from '@drawbridge/core/testing'
import type { Hono } from 'hono'
import { createApi, type ApiOptions } from '../create-api.ts'
import type { Caller, CallerSource, Execution, Executor } from '../ports.ts'
import type { ApiEnvironment } from './environment.ts'
import { createMemoryDecisions } from './memory-decisions.ts'
import { createMemoryReads } from './memory-reads.ts'

/** The API over a world in memory, where a user's id is its bearer token. */
export interface MemoryApi extends ApiEnvironment {
  readonly app: Hono
  readonly world: World
  /** What the API logged as an operator sees it. */
  readonly logged: { readonly details: object; readonly message: string }[]
}

/** An API over the real rules in memory; `replaced` puts other ports in the place of those in memory. */
export function createMemoryApi(replaced: Partial<ApiOptions> = {}): MemoryApi {
  const world = createWorld()
  const users = new Map<string, NonNullable<Caller['user']>>()
  const logged: MemoryApi['logged'] = []
  const reads = createMemoryReads(world)

  const callers: CallerSource = {
    async callerOf(request) {
      const user = users.get(request.headers.get('authorization')?.replace('Bearer ', '') ?? '')
      if (user === undefined) return null
      const membership = await reads.membershipOf(user.id)
      const actor: Actor = membership
        ? { kind: 'member', organization: membership.organization.id, member: membership.member.id }
        : { kind: 'user', user: user.id, name: user.name }
      return { user, membership, actor, credential: `session of ${user.id}` }
    },
  }
  const executor: Executor = {
    execute: async <T extends CommandType>(command: Command<T>, { actor }: { readonly actor: Actor }) =>
      execute(world, command, actor),
  }
  const { app } = createApi({
    callers,
    executor,
    reads,
    decisions: createMemoryDecisions(world),
    readiness: { reasonNotReady: async () => null },
    log: { error: (details, message) => logged.push({ details, message }) },
    ...replaced,
  })
  return {
    app,
    world,
    logged,
    fetch: async (request) => app.fetch(request),
    async signUp(name) {
      const id = world.newId()
      users.set(id, { id, name, email: `${name.toLowerCase().replaceAll(' ', '.')}@example.com` })
      return { authorization: `Bearer ${id}` }
    },
    [Symbol.asyncDispose]: async () => {},
  }
}

function execute<T extends CommandType>(world: World, command: Command<T>, actor: Actor): Execution {
  const { act, outcome } = world.execute(command, actor)
  const organization = actor.kind === 'user' ? outcome.cause.by : actor.organization
  return {
    act,
    at: world.now,
    cause: outcome.cause.type,
    version: world.versionOf(organization),
    subjects: outcome.subjects,
    stillReaches: outcome.stillReaches ?? [],
  }
}
