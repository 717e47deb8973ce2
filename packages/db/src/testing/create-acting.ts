import type { Actor, CommandInputs, CommandType, CooperationId, Id } from '@drawbridge/core'
import type { Database } from '../database.ts'
import type { Execution } from '../execution/execute.ts'

/** Gives commands as one admin of an organization. */
export interface Acting {
  readonly organization: Id
  readonly member: Id
  readonly identifier: string
  readonly actor: Actor
  run<T extends CommandType>(type: T, input: CommandInputs[T]): Promise<Execution>
  /** The id of what a command was about first. */
  make<T extends CommandType>(type: T, input: CommandInputs[T]): Promise<Id>
  /** As another member of the same organization. */
  as(member: Id): Acting
}

/** Creates an organization in a database, and acts as its first admin. */
export async function createActing(database: Pick<Database, 'executor'>, name: string): Promise<Acting> {
  const identifier = name.toLowerCase()
  const user = `user of ${name}`
  const { subjects } = await database.executor.execute(
    { type: 'organization.create', input: { name, identifier } },
    { actor: { kind: 'user', user, name: `Admin of ${name}` }, credential: `session of ${user}` },
  )
  const [organization, member] = subjects.map(({ id }) => id)
  if (organization === undefined || member === undefined) throw new Error('creating answers both')
  return actAs(database, { organization, member, identifier })
}

/** Lets two organizations cooperate. */
export async function cooperate(initiator: Acting, invitee: Acting): Promise<CooperationId> {
  const cooperation = await initiator.make('cooperation.invite', { identifier: invitee.identifier })
  await invitee.run('cooperation.accept', { cooperation })
  return cooperation
}

function actAs(
  database: Pick<Database, 'executor'>,
  who: { organization: Id; member: Id; identifier: string },
): Acting {
  const { organization, member } = who
  const actor = { kind: 'member', organization, member } as const
  const run: Acting['run'] = <T extends CommandType>(type: T, input: CommandInputs[T]) =>
    database.executor.execute<T>({ type, input }, { actor, credential: `session of ${member}` })
  return {
    ...who,
    actor,
    run,
    make: async (type, input) => (await run(type, input)).subjects[0]?.id ?? '',
    as: (other) => actAs(database, { ...who, member: other }),
  }
}
