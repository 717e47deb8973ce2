import type { Id, Resource } from '@drawbridge/core'

/** Exactly one is set, so that each has its foreign key. */
export interface ResourceColumns {
  park: Id | null
  portfolio: Id | null
}

/** The check constraint that goes with these columns. */
export const exactlyOneResource = 'num_nonnulls(park_id, portfolio_id) = 1'

export function toResource({ park, portfolio }: ResourceColumns): Resource {
  if (park !== null) return { type: 'park', id: park }
  if (portfolio !== null) return { type: 'portfolio', id: portfolio }
  throw new Error('a stored row points at no resource')
}

export function toResourceColumns({ type, id }: Resource): ResourceColumns {
  return type === 'park' ? { park: id, portfolio: null } : { park: null, portfolio: id }
}
