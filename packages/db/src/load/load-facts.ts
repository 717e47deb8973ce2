import type { Actor, FactSet, Need } from '@drawbridge/core'
import type { EntityManager } from '@mikro-orm/postgresql'
import { closeOver, loadActor } from './actor.ts'
import { loadContents, loadCooperations, loadCooperationShares, loadPartners } from './cooperation.ts'
import { loadAdmins, loadMembers, loadReceiverAdmins, loadUsers } from './member.ts'
import { loadInvited, loadOwnContents } from './organization.ts'
import { loadPortfolioContents, loadResources } from './resource.ts'
import { loadResourceSurroundings, loadShares, loadShareSurroundings } from './share.ts'
import { Slice } from './slice.ts'

type Kind = Need['need']
type NeedOf<K extends Kind> = Extract<Need, { need: K }>

/** How each need is met, all of one kind at once; later ones build on what earlier ones have found. */
const loaders: { readonly [K in Kind]: (slice: Slice, needs: readonly NeedOf<K>[]) => Promise<void> } = {
  identifier: loadInvited,
  cooperation: loadCooperations,
  cooperationShares: loadCooperationShares,
  cooperationContents: (slice, needs) => loadContents(slice, needs.map(({ cooperation }) => cooperation)),
  organizationContents: loadOwnContents,
  share: loadShares,
  resource: loadResources,
  portfolioContents: loadPortfolioContents,
  shareSurroundings: loadShareSurroundings,
  resourceSurroundings: loadResourceSurroundings,
  admins: loadAdmins,
  receiverAdmins: loadReceiverAdmins,
  member: (slice, needs) => loadMembers(slice, { id: { $in: needs.map(({ member }) => member) } }),
  externalId: (slice, needs) =>
    loadMembers(slice, { externalId: { $in: needs.map(({ externalId }) => externalId) } }),
  user: loadUsers,
  partners: loadPartners,
}

/** Loads what a rule needs: its facts, the actor, and the cooperations and organizations that they point at. */
export async function loadFacts(em: EntityManager, needs: readonly Need[], actor: Actor): Promise<FactSet> {
  const slice = new Slice(em, actor.kind === 'user' ? null : actor.organization)
  await loadActor(slice, actor)
  for (const kind of kinds) await loadKind(slice, kind, needs)
  await closeOver(slice)
  return slice.facts
}

const kinds = Object.keys(loaders).filter(isKind)

async function loadKind<K extends Kind>(slice: Slice, kind: K, needs: readonly Need[]): Promise<void> {
  const ofKind = needs.filter((need): need is NeedOf<K> => need.need === kind)
  const load: (slice: Slice, needs: readonly NeedOf<K>[]) => Promise<void> = loaders[kind]
  if (ofKind.length > 0) await load(slice, ofKind)
}

function isKind(name: string): name is Kind {
  return Object.hasOwn(loaders, name)
}
