import type { Actor, FactSet, Need } from '@drawbridge/core'
import type { EntityManager } from '@mikro-orm/postgresql'
import { closeOver, loadActor } from './actor.ts'
import {
  loadCooperationContents,
  loadCooperations,
  loadCooperationShares,
  loadPartners,
} from './cooperation.ts'
import {
  loadAdmins,
  loadDelegates,
  loadMemberContents,
  loadMembers,
  loadProvisioned,
  loadReceiverAdmins,
  loadUsers,
} from './member.ts'
import { loadInvited, loadOwnContents } from './organization.ts'
import { loadPortfolioContents, loadResources } from './resource.ts'
import { loadResourceSurroundings, loadShares, loadShareSurroundings } from './share.ts'
import { Slice } from './slice.ts'

type Kind = Need['need']
type NeedOf<K extends Kind> = Extract<Need, { need: K }>

type Loader = (slice: Slice, needs: readonly Need[]) => Promise<void>

/** How each need is met, all of one kind at once; later ones build on what earlier ones have found. */
const loaders: Readonly<Record<Kind, Loader>> = {
  identifier: loader('identifier', loadInvited),
  cooperation: loader('cooperation', loadCooperations),
  cooperationShares: loader('cooperationShares', loadCooperationShares),
  cooperationContents: loader('cooperationContents', loadCooperationContents),
  organizationContents: loader('organizationContents', loadOwnContents),
  share: loader('share', loadShares),
  resource: loader('resource', loadResources),
  portfolioContents: loader('portfolioContents', loadPortfolioContents),
  shareSurroundings: loader('shareSurroundings', loadShareSurroundings),
  resourceSurroundings: loader('resourceSurroundings', loadResourceSurroundings),
  admins: loader('admins', loadAdmins),
  receiverAdmins: loader('receiverAdmins', loadReceiverAdmins),
  member: loader('member', loadMembers),
  delegate: loader('delegate', loadDelegates),
  memberContents: loader('memberContents', loadMemberContents),
  externalId: loader('externalId', loadProvisioned),
  user: loader('user', loadUsers),
  partners: loader('partners', loadPartners),
}

/** Loads what a rule needs: its facts, the actor, and the cooperations and organizations that they point at. */
export async function loadFacts(em: EntityManager, needs: readonly Need[], actor: Actor): Promise<FactSet> {
  const slice = new Slice(em, actor.kind === 'user' ? null : actor.organization)
  await loadActor(slice, actor)
  for (const load of Object.values(loaders)) await load(slice, needs)
  await closeOver(slice)
  return slice.facts
}

function loader<K extends Kind>(
  kind: K,
  load: (slice: Slice, needs: readonly NeedOf<K>[]) => Promise<void>,
): Loader {
  return async (slice, needs) => {
    const ofKind = needs.filter((need): need is NeedOf<K> => need.need === kind)
    if (ofKind.length > 0) await load(slice, ofKind)
  }
}
