import type { Page, PageOf } from '../ports.ts'

/** One page of items in the order of their ids. */
export function pageOf<T>(
  items: Iterable<T>,
  { cursor = '', limit = 50 }: Page,
  idOf: (item: T) => string,
): PageOf<T> {
  const rest = [...items]
    .filter((item) => idOf(item) > cursor)
    .toSorted((a, b) => (idOf(a) < idOf(b) ? -1 : 1))
  const page = rest.slice(0, limit)
  const last = page.at(-1)
  return { items: page, nextCursor: rest.length > limit && last !== undefined ? idOf(last) : null }
}
