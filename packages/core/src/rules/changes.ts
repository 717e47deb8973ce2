import type { FactChange } from '../change.ts'
import { isSameFact, type Fact } from '../facts.ts'

/** A change that puts a fact, unless it stands so already. */
export function put(fact: Fact, before?: Fact): readonly FactChange[] {
  return before !== undefined && isSameFact(fact, before) ? [] : [{ put: fact }]
}

/** Changes that drop facts. */
export function drop(facts: Iterable<Fact>): readonly FactChange[] {
  return [...facts].map(({ type, id }) => ({ drop: { type, id } }))
}
