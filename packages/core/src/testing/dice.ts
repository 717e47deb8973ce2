/** Draws choices from a row of numbers, so that whoever supplies the numbers can repeat and shrink the choices. */
export class Dice {
  readonly #numbers: readonly number[]
  #next = 0

  constructor(numbers: readonly number[]) {
    this.#numbers = numbers
  }

  /** A whole number from 0 up to, but not including, `limit`; 0 once the numbers have run out. */
  below(limit: number): number {
    const number = this.#numbers[this.#next] ?? 0
    this.#next += 1
    return limit === 0 ? 0 : number % limit
  }

  chance(percent: number): boolean {
    return this.below(100) >= 100 - percent
  }

  pick<T>(items: readonly T[]): T | undefined {
    return items[this.below(items.length)]
  }

  /** As `pick`, with how often each item is wanted. */
  weighted<T>(items: readonly { readonly weight: number; readonly item: T }[]): T | undefined {
    let rest = this.below(items.reduce((sum, { weight }) => sum + weight, 0))
    return items.find(({ weight }) => (rest -= weight) < 0)?.item
  }
}
