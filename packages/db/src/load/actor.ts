import { organizationsIn, type Actor } from '@drawbridge/core'
import { storedFacts } from '../entities/stored-facts.ts'
import type { Slice } from './slice.ts'
import { uuids } from './uuids.ts'

const { cooperation, member, organization } = storedFacts

/** The acting member. */
export async function loadActor(slice: Slice, actor: Actor): Promise<void> {
  if (actor.kind !== 'member') return
  await slice.load(member, { id: { $in: uuids([actor.member]) }, organization: actor.organization })
}

/** The cooperations and organizations that the loaded facts point at, and the acting organization. */
export async function closeOver(slice: Slice): Promise<void> {
  const { facts } = slice
  const shared = [...facts.shares.all()].map((share) => share.cooperation)
  const cooperations = uuids(shared).filter((id) => facts.cooperations.get(id) === undefined)
  if (cooperations.length > 0) await slice.load(cooperation, { id: { $in: cooperations } })
  const named = organizationsIn(facts)
  if (slice.organization !== null) named.add(slice.organization)
  const organizations = uuids(named).filter((id) => facts.organizations.get(id) === undefined)
  if (organizations.length > 0) await slice.load(organization, { id: { $in: organizations } })
}
