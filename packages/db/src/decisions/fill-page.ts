import { firstKey, fromCursor, toCursor, type NameKey } from '../pages/cursor.ts'
import { limitOf, type Page, type PageOf } from '../pages/page.ts'

const largestBatch = 500

/**
 * Fills a page by name and id from candidates of which a decision keeps some: `candidatesAfter` answers them in
 * order, `keep` answers an item or null for each.
 */
export async function fillPage<C extends NameKey, T>(
  page: Page,
  candidatesAfter: (key: NameKey, limit: number) => Promise<readonly C[]>,
  keep: (candidates: readonly C[]) => Promise<readonly (T | null)[]>,
): Promise<PageOf<T>> {
  const limit = limitOf(page)
  const items: T[] = []
  let key = page.cursor === undefined ? firstKey : fromCursor(page.cursor)
  let last = key
  for (let batch = limit + 1; ; batch = Math.min(batch * 2, largestBatch)) {
    const candidates = await candidatesAfter(key, batch)
    const kept = await keep(candidates)
    for (const [index, candidate] of candidates.entries()) {
      const item = kept[index] ?? null
      key = candidate
      if (item === null) continue
      if (items.length === limit) return { items, nextCursor: toCursor(last) }
      items.push(item)
      last = candidate
    }
    if (candidates.length < batch) return { items, nextCursor: null }
  }
}
