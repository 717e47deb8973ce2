import type { Id } from './ids.ts'

type KeysOf<F> = (fact: F) => readonly (Id | null)[]

/** The facts of one type, by id and by each named index. */
export class FactTable<F extends { readonly id: Id }, I extends string> {
  readonly #facts = new Map<Id, F>()
  readonly #indexes: {
    readonly keysOf: KeysOf<F>
    readonly found: Map<Id, Map<Id, F>>
    readonly name: string
  }[]

  constructor(keysOf: Record<I, KeysOf<F>>) {
    this.#indexes = Object.entries<KeysOf<F>>(keysOf).map(([name, keys]) => ({
      name,
      keysOf: keys,
      found: new Map(),
    }))
  }

  get size(): number {
    return this.#facts.size
  }

  get(id: Id): F | undefined {
    return this.#facts.get(id)
  }

  all(): Iterable<F> {
    return this.#facts.values()
  }

  /** The facts that have `key` in the index `name`. */
  by(name: I, key: Id): readonly F[] {
    const found = this.#indexes.find((index) => index.name === name)?.found.get(key)
    return found === undefined ? [] : [...found.values()]
  }

  put(fact: F): void {
    this.drop(fact.id)
    this.#facts.set(fact.id, fact)
    for (const { keysOf, found } of this.#indexes) {
      for (const key of keysOf(fact)) {
        if (key === null) continue
        const facts = found.get(key)
        if (facts === undefined) found.set(key, new Map([[fact.id, fact]]))
        else facts.set(fact.id, fact)
      }
    }
  }

  drop(id: Id): void {
    const fact = this.#facts.get(id)
    if (fact === undefined) return
    this.#facts.delete(id)
    for (const { keysOf, found } of this.#indexes) {
      for (const key of keysOf(fact)) {
        if (key === null) continue
        const facts = found.get(key)
        facts?.delete(id)
        if (facts?.size === 0) found.delete(key)
      }
    }
  }
}
