import type { FactChange } from './change.ts'
import { FactTable } from './fact-table.ts'
import type {
  Assignment,
  Cooperation,
  Delegation,
  Fact,
  FactType,
  FactRef,
  Member,
  Organization,
  Park,
  Portfolio,
  PortfolioEntry,
  Resource,
  Share,
} from './facts.ts'

/** Facts in memory, found by id or by what they point at. */
export class FactSet {
  readonly organizations = new FactTable<Organization, 'identifier'>({
    identifier: (organization) => [organization.identifier],
  })
  readonly members = new FactTable<Member, 'organization' | 'user' | 'externalId'>({
    organization: (member) => [member.organization],
    user: (member) => [member.user],
    externalId: (member) => [member.externalId],
  })
  readonly parks = new FactTable<Park, 'organization'>({ organization: (park) => [park.organization] })
  readonly portfolios = new FactTable<Portfolio, 'organization'>({
    organization: (portfolio) => [portfolio.organization],
  })
  readonly entries = new FactTable<PortfolioEntry, 'portfolio' | 'park'>({
    portfolio: (entry) => [entry.portfolio],
    park: (entry) => [entry.park],
  })
  readonly assignments = new FactTable<Assignment, 'organization' | 'member' | 'resource'>({
    organization: (assignment) => [assignment.organization],
    member: (assignment) => [assignment.member],
    resource: (assignment) => [assignment.resource.id],
  })
  readonly cooperations = new FactTable<Cooperation, 'organization'>({
    organization: (cooperation) => [cooperation.initiator, cooperation.invitee],
  })
  readonly shares = new FactTable<Share, 'cooperation' | 'resource'>({
    cooperation: (share) => [share.cooperation],
    resource: (share) => [share.resource.id],
  })
  readonly delegations = new FactTable<Delegation, 'share' | 'member'>({
    share: (delegation) => [delegation.share],
    member: (delegation) => [delegation.member],
  })

  constructor(facts: Iterable<Fact> = []) {
    for (const fact of facts) this.put(fact)
  }

  put(fact: Fact): void {
    switch (fact.type) {
      case 'organization':
        return this.organizations.put(fact)
      case 'member':
        return this.members.put(fact)
      case 'park':
        return this.parks.put(fact)
      case 'portfolio':
        return this.portfolios.put(fact)
      case 'portfolioEntry':
        return this.entries.put(fact)
      case 'assignment':
        return this.assignments.put(fact)
      case 'cooperation':
        return this.cooperations.put(fact)
      case 'share':
        return this.shares.put(fact)
      case 'delegation':
        return this.delegations.put(fact)
    }
  }

  drop({ type, id }: FactRef): void {
    this.#table(type).drop(id)
  }

  get({ type, id }: FactRef): Fact | undefined {
    return this.#table(type).get(id)
  }

  /** Applies changes in order; applying the same ones again alters nothing. */
  apply(changes: Iterable<FactChange>): void {
    for (const change of changes) {
      if ('put' in change) this.put(change.put)
      else this.drop(change.drop)
    }
  }

  /** Every fact, type by type. */
  *all(): Iterable<Fact> {
    yield* this.organizations.all()
    yield* this.members.all()
    yield* this.parks.all()
    yield* this.portfolios.all()
    yield* this.entries.all()
    yield* this.assignments.all()
    yield* this.cooperations.all()
    yield* this.shares.all()
    yield* this.delegations.all()
  }

  resource({ type, id }: Resource): Park | Portfolio | undefined {
    return type === 'park' ? this.parks.get(id) : this.portfolios.get(id)
  }

  /** The resource itself and, for a park, the portfolios it is in: what an assignment or share on covers it (O7, S4). */
  coveringIds(resource: Resource): readonly string[] {
    if (resource.type === 'portfolio') return [resource.id]
    return [resource.id, ...this.entries.by('park', resource.id).map((entry) => entry.portfolio)]
  }

  /** The parks that a resource stands for: itself, or those in the portfolio. */
  parksOf({ type, id }: Resource): readonly string[] {
    return type === 'park' ? [id] : this.entries.by('portfolio', id).map((entry) => entry.park)
  }

  #table(type: FactType) {
    switch (type) {
      case 'organization':
        return this.organizations
      case 'member':
        return this.members
      case 'park':
        return this.parks
      case 'portfolio':
        return this.portfolios
      case 'portfolioEntry':
        return this.entries
      case 'assignment':
        return this.assignments
      case 'cooperation':
        return this.cooperations
      case 'share':
        return this.shares
      case 'delegation':
        return this.delegations
    }
  }
}
