import type { Command, CommandInputs, CommandType, Fact, FactOf, FactType } from '@drawbridge/core'
import type { Services } from './context.ts'
import type { Caller, Execution } from './ports.ts'

interface Call<I> {
  readonly ctx: { readonly services: Services; readonly caller: Caller }
  readonly input: I
}

/** Resolves a mutation by carrying out a command as the caller; `answer` makes the answer of what it did. */
export function executes<T extends CommandType, A extends object>(
  type: T,
  answer: (execution: Execution, input: CommandInputs[T]) => A,
) {
  return async ({ ctx: { services, caller }, input }: Call<CommandInputs[T]>) => {
    const command: Command<T> = { type, input }
    const { actor, credential } = caller
    const execution = await services.executor.execute(command, { actor, credential })
    return { ...answer(execution, input), act: execution.act, version: execution.version }
  }
}

/** What the command was about: its one subject of a type. */
export function subjectOf<T extends FactType>(execution: Execution, type: T): FactOf<T> {
  const subject = findSubject(execution, type)
  if (subject === null) throw new Error(`${execution.cause} was about no ${type}`)
  return subject
}

/** As `subjectOf`, where there may have been nothing to do. */
export function findSubject<T extends FactType>(execution: Execution, type: T): FactOf<T> | null {
  return subjectsOf(execution, type)[0] ?? null
}

/** All that the command was about, of one type. */
export function subjectsOf<T extends FactType>({ subjects }: Execution, type: T): readonly FactOf<T>[] {
  return subjects.filter((fact: Fact): fact is FactOf<T> => fact.type === type)
}
