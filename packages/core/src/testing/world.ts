import type { Change } from '../change.ts'
import type { Command, CommandInputs, CommandType } from '../commands.ts'
import { decide, type Decision, type Question } from '../decide.ts'
import { applyAndTell, type Told } from '../difference.ts'
import { FactSet } from '../fact-set.ts'
import type { ActId, Id, OrganizationId } from '../ids.ts'
import type { Instant } from '../instant.ts'
import type { Actor, Outcome } from '../rules/rule.ts'
import { applyRule } from '../rules/rules.ts'
import { createIds } from './ids.ts'

/** What a command did in a world. */
export interface Performed {
  /** Null when nothing changed; then nobody is told and no version is used. */
  readonly act: ActId | null
  readonly outcome: Outcome
  readonly told: readonly Told[]
}

/** Runs commands as one actor. */
export type Run = <T extends CommandType>(type: T, input: CommandInputs[T]) => Performed

/** A whole Drawbridge in memory: all facts, a clock to set, and the log of changes of every organization. */
export class World {
  readonly facts = new FactSet()
  /** The clock that commands and decisions see, until it is set again. */
  now: Instant
  readonly #newId: () => Id
  readonly #logs = new Map<OrganizationId, Change[]>()

  constructor({ now, newId }: { readonly now: Instant; readonly newId: () => Id }) {
    this.now = now
    this.#newId = newId
  }

  /** Carries out one command, or throws the DrawbridgeError that refuses it; then nothing has changed. */
  execute<T extends CommandType>(command: Command<T>, actor: Actor): Performed {
    return this.record(applyRule(this.facts, command, { actor, now: this.now, newId: this.#newId }))
  }

  /** Applies what an act does, and appends to the log of each organization whose snapshot it alters (V2, V3). */
  record(outcome: Outcome): Performed {
    if (outcome.facts.length === 0) return { act: null, outcome, told: [] }
    const act = this.#newId()
    const told = applyAndTell(this.facts, outcome)
    for (const { organization, cause, facts } of told) {
      const log = this.#logs.get(organization) ?? []
      log.push({ version: log.length + 1, act, at: this.now, cause, facts })
      this.#logs.set(organization, log)
    }
    return { act, outcome, told }
  }

  /** Runs commands as one actor. */
  as(actor: Actor): Run {
    return <T extends CommandType>(type: T, input: CommandInputs[T]) =>
      this.execute<T>({ type, input }, actor)
  }

  /** Decides over all facts at the world's clock. */
  decide(question: Question): Decision {
    const organization = this.facts.members.get(question.member)?.organization
    const version = organization === undefined ? 0 : this.versionOf(organization)
    return decide(this.facts, question, { now: this.now, version })
  }

  /** The version of an organization: 0 before its first change. */
  versionOf(organization: OrganizationId): number {
    return this.#logs.get(organization)?.length ?? 0
  }

  /** The log of an organization after a version, in version order. */
  changesOf(organization: OrganizationId, after = 0): readonly Change[] {
    return this.#logs.get(organization)?.slice(after) ?? []
  }

  /** Every organization that was ever told anything, also when it has been removed since. */
  get organizations(): readonly OrganizationId[] {
    return [...this.#logs.keys()]
  }

  /** A new id, as commands use them. */
  newId(): Id {
    return this.#newId()
  }

  /** Moves the clock on. */
  advance({ days = 0, hours = 0, milliseconds = 0 }): void {
    const span = (days * 24 + hours) * 3_600_000 + milliseconds
    this.now = new Date(Date.parse(this.now) + span).toISOString()
  }
}

/** An empty world; ids count up and the clock stands until it is moved, unless other ones are given. */
export function createWorld({
  now = '2026-03-02T09:00:00.000Z',
  newId = createIds(),
}: { readonly now?: Instant; readonly newId?: () => Id } = {}): World {
  return new World({ now, newId })
}
