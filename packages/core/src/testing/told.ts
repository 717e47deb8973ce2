import type { Told } from '../difference.ts'
import type { OrganizationId } from '../ids.ts'

/** The organizations that were told of an act, in the order of their ids. */
export function toldIn(told: readonly Told[]): readonly OrganizationId[] {
  return told.map(({ organization }) => organization).toSorted()
}
