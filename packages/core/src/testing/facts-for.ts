import { FactSet } from '../fact-set.ts'
import { otherSide, type Cooperation, type Fact, type Member, type Resource, type Share } from '../facts.ts'
import type { Id, OrganizationId } from '../ids.ts'
import type { Actor, Need } from '../rules/rule.ts'

/** The least that a database has to load for a rule's needs: what the rule and those who are told may rely on. */
export function factsFor(all: FactSet, needs: readonly Need[], actor: Actor): FactSet {
  const found = new FactSet()
  for (const fact of neededBy(all, { need: 'actor' }, actor)) addWithReferences(found, all, fact)
  for (const need of needs) {
    for (const fact of neededBy(all, need, actor)) addWithReferences(found, all, fact)
  }
  return found
}

/** What a need names, without what these facts point at. */
function neededBy(all: FactSet, need: Need | { need: 'actor' }, actor: Actor): readonly (Fact | undefined)[] {
  const own = actor.kind === 'user' ? '' : actor.organization
  switch (need.need) {
    case 'actor':
      return [
        all.organizations.get(own),
        ...(actor.kind === 'member' ? [all.members.get(actor.member)] : []),
        ...(actor.kind === 'user' ? all.members.by('user', actor.user) : []),
      ]
    case 'identifier':
      return all.organizations.by('identifier', need.identifier)
    case 'cooperation':
      return [all.cooperations.get(need.cooperation)]
    case 'cooperationShares':
      return [all.cooperations.get(need.cooperation), ...all.shares.by('cooperation', need.cooperation)]
    case 'cooperationContents':
      return contentsOf(all, all.cooperations.get(need.cooperation))
    case 'share':
      return [all.shares.get(need.share), ...all.delegations.by('share', need.share)]
    case 'shareSurroundings':
      return surroundingsOf(all, all.shares.get(need.share))
    case 'resource':
      return [
        all.resource(need.resource),
        ...coveringOf(all, need.resource),
        ...all.assignments.by('resource', need.resource.id),
      ]
    case 'portfolioContents':
      return contentsOfPortfolio(all, need.portfolio)
    case 'resourceSurroundings':
      return all.shares
        .by('resource', need.resource.id)
        .flatMap((share) => [...surroundingsOf(all, share), ...delegationsOf(all, share)])
    case 'admins':
      return adminsOf(all, need.organization ?? own)
    case 'receiverAdmins': {
      const cooperation = all.cooperations.get(need.cooperation)
      return cooperation ? adminsOf(all, otherSide(cooperation, own)) : []
    }
    case 'member':
      return [all.members.get(need.member)]
    case 'delegate':
      return [all.members.get(need.member), ...otherDelegationOf(all, need)]
    case 'memberContents':
      return memberOf(all, all.members.get(need.member))
    case 'externalId':
      return all.members
        .by('externalId', need.externalId)
        .filter(({ organization }) => organization === own)
        .flatMap((member) => memberOf(all, member))
    case 'user':
      return all.members.by('user', need.user)
    case 'partners':
      return all.cooperations.by('organization', own).flatMap((cooperation) => {
        const shares = all.shares.by('cooperation', cooperation.id)
        return [
          cooperation,
          shares.find(({ owner }) => owner === own),
          shares.find(({ receiver }) => receiver === own),
        ]
      })
    case 'organizationContents':
      return [
        ...all.members.by('organization', own),
        ...all.members.by('organization', own).flatMap(({ id }) => all.assignments.by('member', id)),
        ...all.parks.by('organization', own),
        ...all.portfolios.by('organization', own),
        ...all.portfolios.by('organization', own).flatMap(({ id }) => all.entries.by('portfolio', id)),
        ...all.cooperations.by('organization', own).flatMap((cooperation) => contentsOf(all, cooperation)),
      ]
  }
}

function contentsOf(all: FactSet, cooperation: Cooperation | undefined): readonly (Fact | undefined)[] {
  if (cooperation === undefined) return []
  const shares = all.shares.by('cooperation', cooperation.id)
  return [
    cooperation,
    ...shares.flatMap((share) => [share, ...resourceOf(all, share), ...delegationsOf(all, share)]),
    ...adminsOf(all, cooperation.initiator),
    ...adminsOf(all, cooperation.invitee),
  ]
}

/** Everything else through which the two sides of a share know of the same parks and members. */
function surroundingsOf(all: FactSet, share: Share | undefined): readonly (Fact | undefined)[] {
  if (share === undefined) return []
  const parks = all.parksOf(share.resource)
  const delegated = delegationsOf(all, share).flatMap((fact) => (fact?.type === 'member' ? fact.id : []))
  return [
    ...resourceOf(all, share),
    ...parks.flatMap((id) => coveringOf(all, { type: 'park', id })),
    ...all.shares.by('cooperation', share.cooperation),
    ...delegated.flatMap((id) => memberOf(all, all.members.get(id))),
    ...adminsOf(all, share.receiver),
  ]
}

function resourceOf(all: FactSet, { resource }: Share): readonly (Fact | undefined)[] {
  return [all.resource(resource), ...contentsOfPortfolio(all, resource.id)]
}

function contentsOfPortfolio(all: FactSet, portfolio: Id): readonly (Fact | undefined)[] {
  return all.entries.by('portfolio', portfolio).flatMap((entry) => [entry, all.parks.get(entry.park)])
}

/** The shares that cover a resource, and the portfolios through which they do. */
function coveringOf(all: FactSet, resource: Resource): readonly (Fact | undefined)[] {
  const entries = all.entries.by('park', resource.id)
  return [
    ...entries.flatMap((entry) => [entry, all.portfolios.get(entry.portfolio)]),
    ...all.coveringIds(resource).flatMap((id) => all.shares.by('resource', id)),
  ]
}

function delegationsOf(all: FactSet, share: Share): readonly (Fact | undefined)[] {
  return all.delegations
    .by('share', share.id)
    .flatMap((delegation) => [delegation, all.members.get(delegation.member)])
}

function memberOf(all: FactSet, member: Member | undefined): readonly (Fact | undefined)[] {
  if (member === undefined) return []
  const delegations = all.delegations.by('member', member.id)
  return [
    member,
    ...all.assignments.by('member', member.id),
    ...delegations.flatMap((delegation) => [delegation, all.shares.get(delegation.share)]),
  ]
}

function otherDelegationOf(all: FactSet, { member, share: id }: { readonly member: Id; readonly share: Id }) {
  const cooperation = all.shares.get(id)?.cooperation
  const other = all.delegations
    .by('member', member)
    .find(({ share }) => share !== id && all.shares.get(share)?.cooperation === cooperation)
  return other ? [other, all.shares.get(other.share)] : []
}

function adminsOf(all: FactSet, organization: OrganizationId): readonly Fact[] {
  return all.members.by('organization', organization).filter(({ role }) => role === 'admin')
}

/** Adds a fact with the facts it points at, and what these point at. */
function addWithReferences(found: FactSet, all: FactSet, fact: Fact | undefined): void {
  if (fact === undefined || found.get(fact) !== undefined) return
  found.put(fact)
  for (const reference of referencedBy(all, fact)) addWithReferences(found, all, reference)
}

function referencedBy(all: FactSet, fact: Fact): readonly (Fact | undefined)[] {
  switch (fact.type) {
    case 'organization':
      return []
    case 'cooperation':
      return [all.organizations.get(fact.initiator), all.organizations.get(fact.invitee)]
    case 'share':
      return [all.cooperations.get(fact.cooperation)]
    default:
      return [all.organizations.get(fact.organization)]
  }
}
