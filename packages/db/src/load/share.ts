import type { CooperationId, Id, MemberId, Resource, Share, ShareId } from '@drawbridge/core'
import { storedFacts } from '../entities/stored-facts.ts'
import { loadWitnesses } from './cooperation.ts'
import { idsOf, loadSharedResources } from './resource.ts'
import type { Slice } from './slice.ts'
import { uuids } from './uuids.ts'

const { delegation, member, portfolioEntry, share } = storedFacts

/** Shares that the acting organization gave or received, with their delegations. */
export async function loadShares(slice: Slice, needs: readonly { readonly share: ShareId }[]): Promise<void> {
  const { organization } = slice
  if (organization === null) return
  const shares = await slice.load(share, {
    id: { $in: uuids(needs.map((need) => need.share)) },
    $or: [{ owner: organization }, { receiver: organization }],
  })
  await loadDelegations(slice, shares)
}

/** What both sides still know of each other without these shares, which `loadShares` has found. */
export async function loadShareSurroundings(
  slice: Slice,
  needs: readonly { readonly share: ShareId }[],
): Promise<void> {
  await loadSurroundings(
    slice,
    uuids(needs.map((need) => need.share)).flatMap((id) => slice.facts.shares.get(id) ?? []),
  )
}

/** The shares of own resources with their delegations and surroundings. */
export async function loadResourceSurroundings(
  slice: Slice,
  needs: readonly { readonly resource: Resource }[],
): Promise<void> {
  if (slice.organization === null) return
  const resources = needs.map(({ resource }) => resource)
  const shares = await slice.load(share, {
    owner: slice.organization,
    $or: [{ park: { $in: idsOf(resources, 'park') } }, { portfolio: { $in: idsOf(resources, 'portfolio') } }],
  })
  await loadDelegations(slice, shares)
  await loadSurroundings(slice, shares)
}

/** The shares in these cooperations that cover any of these parks, with the entries that make it so. */
export async function loadCoveringShares(
  slice: Slice,
  cooperations: readonly CooperationId[],
  parks: readonly Id[],
): Promise<void> {
  if (cooperations.length === 0 || parks.length === 0) return
  const entries = await slice.find(portfolioEntry, { park: { $in: [...parks] } })
  const shares = await slice.load(share, {
    cooperation: { $in: [...cooperations] },
    $or: [
      { park: { $in: [...parks] } },
      { portfolio: { $in: uuids(entries.map(({ portfolio }) => portfolio)) } },
    ],
  })
  const shared = new Set(shares.map(({ resource }) => resource.id))
  for (const entry of entries) if (shared.has(entry.portfolio)) slice.facts.put(entry)
}

async function loadSurroundings(slice: Slice, shares: readonly Share[]): Promise<void> {
  if (shares.length === 0) return
  const { facts } = slice
  const cooperations = uuids(shares.map(({ cooperation }) => cooperation))
  await loadSharedResources(
    slice,
    shares.map(({ resource }) => resource),
  )
  await loadCoveringShares(slice, cooperations, parksOf(slice, shares))
  await loadWitnesses(slice, cooperations, shares)
  const delegated = uuids(
    shares.flatMap(({ id }) => facts.delegations.by('share', id)).map((one) => one.member),
  )
  await slice.load(member, {
    $or: [
      { id: { $in: delegated } },
      { organization: { $in: uuids(shares.map(({ receiver }) => receiver)) }, role: 'admin' },
    ],
  })
  await loadOtherDelegations(slice, delegated, shares)
}

/**
 * One delegation of each member on another share in the same cooperations: the receiver's members are delegated on
 * shares of the one owner, and while one such delegation stands the owner knows the member.
 */
export async function loadOtherDelegations(
  slice: Slice,
  members: readonly MemberId[],
  shares: readonly Share[],
): Promise<void> {
  if (members.length === 0 || shares.length === 0) return
  const ids = await slice.ids(
    `select witness.id from member
     cross join lateral (
       select delegation.id from delegation join share on share.id = delegation.share_id
       where delegation.member_id = member.id and share.cooperation_id in (?) and share.id not in (?)
       limit 1
     ) as witness
     where member.id in (?)`,
    [uuids(shares.map(({ cooperation }) => cooperation)), shares.map(({ id }) => id), uuids(members)],
  )
  if (ids.length === 0) return
  const delegations = await slice.load(delegation, { id: { $in: ids } })
  await slice.load(share, { id: { $in: uuids(delegations.map((one) => one.share)) } })
}

async function loadDelegations(slice: Slice, shares: readonly Share[]): Promise<void> {
  if (shares.length > 0) await slice.load(delegation, { share: { $in: shares.map(({ id }) => id) } })
}

function parksOf({ facts }: Slice, shares: readonly Share[]): Id[] {
  return shares.flatMap(({ resource }) =>
    resource.type === 'park'
      ? [resource.id]
      : facts.entries.by('portfolio', resource.id).map((entry) => entry.park),
  )
}
