import { storedFacts } from '../entities/stored-facts.ts'
import { findOfOrganization, loadContents } from './cooperation.ts'
import type { Slice } from './slice.ts'

const { assignment, member, organization, park, portfolio, portfolioEntry } = storedFacts

/** The organizations with these identifiers. */
export async function loadInvited(
  slice: Slice,
  needs: readonly { readonly identifier: string }[],
): Promise<void> {
  await slice.load(organization, { identifier: { $in: needs.map(({ identifier }) => identifier) } })
}

/** Everything that the acting organization owns, and the contents of all its cooperations. */
export async function loadOwnContents(slice: Slice): Promise<void> {
  if (slice.organization === null) return
  const own = { organization: slice.organization }
  await slice.load(member, own)
  await slice.load(park, own)
  await slice.load(portfolio, own)
  await slice.load(portfolioEntry, own)
  await slice.load(assignment, own)
  const cooperations = await findOfOrganization(slice)
  await loadContents(
    slice,
    cooperations.map(({ id }) => id),
  )
}
