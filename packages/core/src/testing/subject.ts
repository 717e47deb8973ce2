import type { Change } from '../change.ts'
import { decide } from '../decide.ts'
import type { FactSet } from '../fact-set.ts'

/** What a model test puts to the test; a broken one has to be found out. */
export interface Subject {
  readonly decide: typeof decide
  readonly apply: (replica: FactSet, change: Change) => void
}

/** The real thing. */
export const product: Subject = { decide, apply: (replica, { facts }) => replica.apply(facts) }
