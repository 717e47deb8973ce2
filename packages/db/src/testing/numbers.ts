/** A row of numbers for a random step, which a seed repeats (mulberry32). */
export function createNumbers(seed: number): () => readonly number[] {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return (mixed ^ (mixed >>> 14)) >>> 0
  }
  return () => Array.from({ length: 20 }, next)
}
