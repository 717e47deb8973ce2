import type { Cooperation, CooperationId, Share } from '@drawbridge/core'
import { storedFacts } from '../entities/stored-facts.ts'
import { loadSharedResources } from './resource.ts'
import type { Slice } from './slice.ts'
import { noId, uuids } from './uuids.ts'

const { cooperation, delegation, member, share } = storedFacts

type AboutCooperation = { readonly cooperation: CooperationId }

/** The cooperations that the acting organization is a side of. */
export async function loadCooperations(slice: Slice, needs: readonly AboutCooperation[]): Promise<void> {
  await findOwn(
    slice,
    needs.map((need) => need.cooperation),
  )
}

/** Cooperations with their shares, both ways. */
export async function loadCooperationShares(slice: Slice, needs: readonly AboutCooperation[]): Promise<void> {
  await findShares(
    slice,
    await findOwn(
      slice,
      needs.map((need) => need.cooperation),
    ),
  )
}

/** All that stands in cooperations: shares, delegations, the resources shared, and who reaches them. */
export async function loadContents(slice: Slice, ids: readonly CooperationId[]): Promise<void> {
  const cooperations = await findOwn(slice, ids)
  const shares = await findShares(slice, cooperations)
  if (shares.length === 0) return
  const delegations = await slice.load(delegation, { share: { $in: shares.map(({ id }) => id) } })
  await slice.load(member, {
    $or: [
      { id: { $in: uuids(delegations.map((one) => one.member)) } },
      { organization: { $in: uuids(shares.map((one) => one.receiver)) }, role: 'admin' },
    ],
  })
  await loadSharedResources(
    slice,
    shares.map(({ resource }) => resource),
  )
}

/** The contents of cooperations. */
export async function loadCooperationContents(
  slice: Slice,
  needs: readonly AboutCooperation[],
): Promise<void> {
  await loadContents(
    slice,
    needs.map((need) => need.cooperation),
  )
}

/** The acting organization's cooperations, and for each one share either way: they tell who knows its admins. */
export async function loadPartners(slice: Slice): Promise<void> {
  const cooperations = await findOfOrganization(slice)
  await loadWitnesses(
    slice,
    cooperations.map(({ id }) => id),
  )
}

/** Every cooperation of the acting organization. */
export async function findOfOrganization(slice: Slice): Promise<readonly Cooperation[]> {
  const { organization } = slice
  if (organization === null) return []
  return slice.load(cooperation, { $or: [{ initiator: organization }, { invitee: organization }] })
}

/** One share each way in each cooperation, other than those given: while one stands, its owner knows the receiver's admins. */
export async function loadWitnesses(
  slice: Slice,
  cooperations: readonly CooperationId[],
  without: readonly Share[] = [],
): Promise<void> {
  if (cooperations.length === 0) return
  const ids = await slice.ids(
    `select witness.id from cooperation
     cross join lateral (values (initiator_id), (invitee_id)) as side (owner_id)
     cross join lateral (
       select id from share
       where share.cooperation_id = cooperation.id and share.owner_id = side.owner_id and id not in (?)
       limit 1
     ) as witness
     where cooperation.id in (?)`,
    [[...without.map(({ id }) => id), noId], uuids(cooperations)],
  )
  if (ids.length > 0) await slice.load(share, { id: { $in: ids } })
}

async function findOwn(slice: Slice, ids: readonly CooperationId[]): Promise<readonly Cooperation[]> {
  const { organization } = slice
  if (organization === null) return []
  return slice.load(cooperation, {
    id: { $in: uuids(ids) },
    $or: [{ initiator: organization }, { invitee: organization }],
  })
}

async function findShares(slice: Slice, cooperations: readonly Cooperation[]): Promise<readonly Share[]> {
  if (cooperations.length === 0) return []
  return slice.load(share, { cooperation: { $in: cooperations.map(({ id }) => id) } })
}
