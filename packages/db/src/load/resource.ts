import type { Id, OrganizationId, PortfolioEntry, Resource } from '@drawbridge/core'
import { storedFacts } from '../entities/stored-facts.ts'
import type { Slice } from './slice.ts'
import { uuids } from './uuids.ts'

const { assignment, park, portfolio, portfolioEntry, share } = storedFacts

/** Own resources with the portfolios they are in, every share that covers them and their own assignments. */
export async function loadResources(
  slice: Slice,
  needs: readonly { readonly resource: Resource }[],
): Promise<void> {
  const { organization } = slice
  if (organization === null) return
  const resources = needs.map(({ resource }) => resource)
  const parks = idsOf(resources, 'park')
  const portfolios = idsOf(resources, 'portfolio')
  const entries = parks.length === 0 ? [] : await slice.find(portfolioEntry, { park: { $in: parks } })
  const covering = uuids([...portfolios, ...entries.map((entry) => entry.portfolio)])

  const ownParks = parks.length === 0 ? [] : await slice.load(park, { id: { $in: parks }, organization })
  const ownPortfolios =
    covering.length === 0 ? [] : await slice.load(portfolio, { id: { $in: covering }, organization })
  addEntries(slice, entries, organization)
  const isReceived = ownParks.length < parks.length || ownPortfolios.length < covering.length
  if (isReceived) await loadReceived(slice, organization, { parks, portfolios: covering, entries })
  if (ownParks.length + ownPortfolios.length === 0) return

  await slice.load(share, {
    owner: organization,
    $or: [{ park: { $in: parks } }, { portfolio: { $in: covering } }],
  })
  await slice.load(assignment, {
    organization,
    $or: [{ park: { $in: parks } }, { portfolio: { $in: portfolios } }],
  })
}

/** Entries of own portfolios with their parks. */
export async function loadPortfolioContents(
  slice: Slice,
  needs: readonly { readonly portfolio: Id }[],
): Promise<void> {
  if (slice.organization === null) return
  const portfolios = uuids(needs.map((need) => need.portfolio))
  await loadEntries(slice, portfolios, slice.organization)
}

/** Shared resources with what they consist of. */
export async function loadSharedResources(slice: Slice, resources: readonly Resource[]): Promise<void> {
  const parks = idsOf(resources, 'park')
  const portfolios = idsOf(resources, 'portfolio')
  if (parks.length > 0) await slice.load(park, { id: { $in: parks } })
  if (portfolios.length === 0) return
  await slice.load(portfolio, { id: { $in: portfolios } })
  await loadEntries(slice, portfolios)
}

/** The ids of the resources of one type. */
export function idsOf(resources: readonly Resource[], type: Resource['type']): Id[] {
  return uuids(resources.filter((resource) => resource.type === type).map(({ id }) => id))
}

/** Adds entries of one organization's portfolios. */
function addEntries(slice: Slice, entries: readonly PortfolioEntry[], organization: OrganizationId): void {
  for (const entry of entries) if (entry.organization === organization) slice.facts.put(entry)
}

async function loadEntries(
  slice: Slice,
  portfolios: readonly Id[],
  organization?: OrganizationId,
): Promise<void> {
  const entries = await slice.load(portfolioEntry, {
    portfolio: { $in: [...portfolios] },
    ...(organization !== undefined && { organization }),
  })
  if (entries.length > 0) await slice.load(park, { id: { $in: uuids(entries.map((entry) => entry.park)) } })
}

/** Of what belongs to others, only that it was received: enough to refuse it, and nobody else is locked for it (S3). */
async function loadReceived(
  slice: Slice,
  receiver: OrganizationId,
  found: { parks: Id[]; portfolios: Id[]; entries: readonly PortfolioEntry[] },
): Promise<void> {
  const shares = await slice.load(share, {
    receiver,
    $or: [{ park: { $in: found.parks } }, { portfolio: { $in: found.portfolios } }],
  })
  const received = new Set(shares.map(({ resource }) => resource.id))
  for (const entry of found.entries) if (received.has(entry.portfolio)) slice.facts.put(entry)
}
