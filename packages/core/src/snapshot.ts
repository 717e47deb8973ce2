import type { FactSet } from './fact-set.ts'
import { otherSide, type Cooperation, type Fact, type Member, type Resource, type Share } from './facts.ts'
import type { MemberId, OrganizationId } from './ids.ts'
import type { Instant } from './instant.ts'
import { isMembershipClosed } from './membership.ts'

/** The facts that an organization may know (V1), each once. */
export function organizationSnapshot(facts: FactSet, organization: OrganizationId): Set<Fact> {
  const known = new Set<Fact>()
  const own = facts.organizations.get(organization)
  if (own === undefined) return known
  known.add(own)
  addAll(known, facts.members.by('organization', organization))
  addAll(known, facts.assignments.by('organization', organization))
  addOwnResources(known, facts, organization)
  for (const cooperation of facts.cooperations.by('organization', organization)) {
    addCooperation(known, facts, cooperation, organization)
    for (const share of facts.shares.by('cooperation', cooperation.id)) {
      known.add(share)
      if (share.receiver === organization) addResource(known, facts, share.resource)
      if (share.owner === organization) addAdmins(known, facts, share)
      addDelegations(known, facts, share)
    }
  }
  return known
}

/**
 * The facts that decide one member's access, with the names needed to show it (V1).
 * A member whose membership is closed is told of nothing but the membership.
 */
export function memberSnapshot(facts: FactSet, memberId: MemberId, now: Instant): Set<Fact> {
  const known = new Set<Fact>()
  const member = facts.members.get(memberId)
  if (member === undefined) return known
  add(known, facts.organizations.get(member.organization))
  known.add(member)
  if (isMembershipClosed(member, now)) return known
  if (member.role === 'admin') addAdminView(known, facts, member)
  else addMemberView(known, facts, member)
  return known
}

function addAdminView(known: Set<Fact>, facts: FactSet, { organization }: Member): void {
  addOwnResources(known, facts, organization)
  for (const cooperation of facts.cooperations.by('organization', organization)) {
    addCooperation(known, facts, cooperation, organization)
    for (const share of facts.shares.by('cooperation', cooperation.id)) {
      if (share.receiver === organization) addShare(known, facts, share)
    }
  }
}

function addMemberView(known: Set<Fact>, facts: FactSet, member: Member): void {
  for (const assignment of facts.assignments.by('member', member.id)) {
    known.add(assignment)
    addResource(known, facts, assignment.resource)
  }
  for (const delegation of facts.delegations.by('member', member.id)) {
    const share = facts.shares.get(delegation.share)
    const cooperation = share && facts.cooperations.get(share.cooperation)
    if (share === undefined || cooperation === undefined) continue
    known.add(delegation)
    addShare(known, facts, share)
    addCooperation(known, facts, cooperation, member.organization)
  }
}

function addOwnResources(known: Set<Fact>, facts: FactSet, organization: OrganizationId): void {
  addAll(known, facts.parks.by('organization', organization))
  for (const portfolio of facts.portfolios.by('organization', organization)) {
    known.add(portfolio)
    addAll(known, facts.entries.by('portfolio', portfolio.id))
  }
}

function addCooperation(
  known: Set<Fact>,
  facts: FactSet,
  cooperation: Cooperation,
  organization: OrganizationId,
): void {
  known.add(cooperation)
  add(known, facts.organizations.get(otherSide(cooperation, organization)))
}

function addShare(known: Set<Fact>, facts: FactSet, share: Share): void {
  known.add(share)
  addResource(known, facts, share.resource)
}

function addResource(known: Set<Fact>, facts: FactSet, resource: Resource): void {
  add(known, facts.resource(resource))
  if (resource.type === 'park') return
  for (const entry of facts.entries.by('portfolio', resource.id)) {
    known.add(entry)
    add(known, facts.parks.get(entry.park))
  }
}

/** The receiver's admins reach every share it received (D1), so the owner's guard has to know them. */
function addAdmins(known: Set<Fact>, facts: FactSet, share: Share): void {
  for (const member of facts.members.by('organization', share.receiver)) {
    if (member.role === 'admin') known.add(member)
  }
}

function addDelegations(known: Set<Fact>, facts: FactSet, share: Share): void {
  for (const delegation of facts.delegations.by('share', share.id)) {
    known.add(delegation)
    add(known, facts.members.get(delegation.member))
  }
}

function add(known: Set<Fact>, fact: Fact | undefined): void {
  if (fact !== undefined) known.add(fact)
}

function addAll(known: Set<Fact>, facts: Iterable<Fact>): void {
  for (const fact of facts) known.add(fact)
}
