/** Random choices that a seed repeats. */
export interface Random {
  /** A number from 0 up to, not including, `below`. */
  number(below: number): number
  /** Whether something with this chance, from 0 to 1, happens. */
  chance(chance: number): boolean
  /** One of the items; undefined for none. */
  of<T>(items: Iterable<T>): T | undefined
}

/** Mulberry32: small, even enough, and the same everywhere. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const number = (below: number) => Math.floor(next() * below)
  return {
    number,
    chance: (chance) => next() < chance,
    of: (items) => {
      const list = [...items]
      return list[number(list.length)]
    },
  }
}
