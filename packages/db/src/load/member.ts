import type { CooperationId, MemberId, OrganizationId, ShareId, UserId } from '@drawbridge/core'
import { otherSide } from '@drawbridge/core'
import type { FilterQuery } from '@mikro-orm/postgresql'
import type { MemberRow } from '../entities/member.ts'
import { storedFacts } from '../entities/stored-facts.ts'
import { loadWitnesses } from './cooperation.ts'
import { loadCoveringShares, loadOtherDelegations } from './share.ts'
import type { Slice } from './slice.ts'
import { uuids } from './uuids.ts'

const { assignment, delegation, member, share } = storedFacts

/** Own members by themselves. */
export async function loadMembers(
  slice: Slice,
  needs: readonly { readonly member: MemberId }[],
): Promise<void> {
  if (slice.organization === null) return
  const ids = uuids(needs.map((need) => need.member))
  await slice.load(member, { id: { $in: ids }, organization: slice.organization })
}

/** Own members, with what lets the owners of shares, which `loadShares` has found, know them without these shares. */
export async function loadDelegates(
  slice: Slice,
  needs: readonly { readonly member: MemberId; readonly share: ShareId }[],
): Promise<void> {
  await loadMembers(slice, needs)
  const shares = uuids(needs.map((need) => need.share)).flatMap((id) => slice.facts.shares.get(id) ?? [])
  const members = uuids(needs.map((need) => need.member))
  await loadOtherDelegations(
    slice,
    members.filter((id) => slice.facts.members.get(id) !== undefined),
    shares,
  )
}

/** Own members with their assignments and delegations, and the shares these are on. */
export async function loadMemberContents(
  slice: Slice,
  needs: readonly { readonly member: MemberId }[],
): Promise<void> {
  await load(slice, { id: { $in: uuids(needs.map((need) => need.member)) } })
}

/** The same by external ids. */
export async function loadProvisioned(
  slice: Slice,
  needs: readonly { readonly externalId: string }[],
): Promise<void> {
  await load(slice, { externalId: { $in: needs.map(({ externalId }) => externalId) } })
}

/** The admins of organizations: of the acting one where none is named. */
export async function loadAdmins(
  slice: Slice,
  needs: readonly { readonly organization?: OrganizationId }[],
): Promise<void> {
  const organizations = needs.flatMap(({ organization = slice.organization }) => organization ?? [])
  await slice.load(member, { organization: { $in: uuids(organizations) }, role: 'admin' })
}

/**
 * The admins of the other sides, who reach what the acting organization shares with them, and the shares
 * that already let them: what a receiver knows before is not told again.
 */
export async function loadReceiverAdmins(
  slice: Slice,
  needs: readonly { readonly cooperation: CooperationId }[],
): Promise<void> {
  const { facts, organization } = slice
  if (organization === null) return
  const cooperations = uuids(needs.map(({ cooperation }) => cooperation)).flatMap(
    (id) => facts.cooperations.get(id) ?? [],
  )
  if (cooperations.length === 0) return
  const ids = cooperations.map(({ id }) => id)
  const receivers = cooperations.map((cooperation) => otherSide(cooperation, organization))
  await slice.load(member, { organization: { $in: receivers }, role: 'admin' })
  await loadWitnesses(slice, ids)
  await loadCoveringShares(
    slice,
    ids,
    [...facts.parks.all()].map(({ id }) => id),
  )
}

/** The members that users are, of whichever organization. */
export async function loadUsers(slice: Slice, needs: readonly { readonly user: UserId }[]): Promise<void> {
  await slice.load(member, { user: { $in: needs.map(({ user }) => user) } })
}

async function load(slice: Slice, which: FilterQuery<MemberRow>): Promise<void> {
  const { organization } = slice
  if (organization === null) return
  const members = await slice.load(member, { $and: [which, { organization }] })
  const ids = members.map(({ id }) => id)
  if (ids.length === 0) return
  await slice.load(assignment, { member: { $in: ids } })
  const delegations = await slice.load(delegation, { member: { $in: ids } })
  if (delegations.length === 0) return
  await slice.load(share, { id: { $in: uuids(delegations.map((one) => one.share)) } })
}
