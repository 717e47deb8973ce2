import type { Fact } from '@drawbridge/core'
import type { EntityManager, FilterQuery, QueryOrderMap } from '@mikro-orm/postgresql'
import type { Stored } from '../entities/stored.ts'
import { requireCursor } from '../pages/cursor.ts'
import { limitOf, type Page, type PageOf } from '../pages/page.ts'

/** A page of the facts that fit, by keyset over the properties in `orderBy`, of which the last is the id. */
export async function findPage<F extends Fact, Row extends object>(
  em: EntityManager,
  { entity, toFact }: Stored<F, Row>,
  wanted: {
    readonly where: FilterQuery<NoInfer<Row>>
    readonly orderBy: QueryOrderMap<NoInfer<Row>>
    readonly page: Page
  },
): Promise<PageOf<F>> {
  const { where, orderBy, page } = wanted
  const after = page.cursor
  if (after !== undefined) requireCursor(after, Object.keys(orderBy).length)
  const found = await em.findByCursor(entity, {
    where,
    orderBy,
    first: limitOf(page),
    ...(after !== undefined && { after }),
    includeCount: false,
    disableIdentityMap: true,
  })
  return {
    items: found.items.map((row) => toFact(row)),
    nextCursor: found.hasNextPage ? found.endCursor : null,
  }
}
