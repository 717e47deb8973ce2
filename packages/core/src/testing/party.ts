import type { ShareInput } from '../commands.ts'
import type {
  FactOf,
  FactType,
  Cooperation,
  Delegation,
  Member,
  Park,
  Portfolio,
  Resource,
  Share,
} from '../facts.ts'
import type { Id, MemberId, OrganizationId } from '../ids.ts'
import type { ExpirationInput } from '../instant.ts'
import type { Role } from '../roles.ts'
import type { Performed, Run, World } from './world.ts'

/** A member of a party, who can act. */
export interface Person {
  readonly id: MemberId
  readonly run: Run
}

/** One organization in a world, with its first admin at hand and words for what admins usually do. */
export class Party {
  readonly id: OrganizationId
  readonly identifier: string
  readonly admin: Person
  /** Runs a command as the first admin. */
  readonly run: Run
  readonly #world: World

  constructor(world: World, organization: { readonly id: Id; readonly identifier: string }, admin: Member) {
    this.#world = world
    this.id = organization.id
    this.identifier = organization.identifier
    this.admin = this.#person(admin)
    this.run = this.admin.run
  }

  /** A colleague with a sign-in, as one who accepted an invitation. */
  join(name: string, role: 'admin' | 'member' = 'member'): Person {
    const added = this.run('member.add', { user: this.#world.newId(), name, role })
    return this.#person(subjectOf(added, 'member'))
  }

  provision(name: string): Person {
    return this.#person(subjectOf(this.run('member.provision', { externalId: name, name }), 'member'))
  }

  park(name = 'Park'): Park {
    return subjectOf(this.run('park.create', { name }), 'park')
  }

  portfolio(...parks: readonly Park[]): Portfolio {
    const portfolio = subjectOf(this.run('portfolio.create', { name: 'Portfolio' }), 'portfolio')
    for (const park of parks) this.run('portfolio.addPark', { portfolio: portfolio.id, park: park.id })
    return portfolio
  }

  assign(member: Person, resource: Resource, role: Role): Performed {
    return this.run('assignment.grant', { member: member.id, resource: refTo(resource), role })
  }

  invite(other: Party): Cooperation {
    return subjectOf(this.run('cooperation.invite', { identifier: other.identifier }), 'cooperation')
  }

  /** Invites the other organization, which accepts. */
  cooperate(other: Party): Cooperation {
    const { id: cooperation } = this.invite(other)
    return subjectOf(other.run('cooperation.accept', { cooperation }), 'cooperation')
  }

  share(cooperation: Cooperation, resource: Resource, role: Role, expiresAt?: ExpirationInput): Share {
    const input: ShareInput = { cooperation: cooperation.id, resource: refTo(resource), role }
    return subjectOf(this.run('share.create', expiresAt ? { ...input, expiresAt } : input), 'share')
  }

  delegate(share: Share, member: Person, role: Role, expiresAt: ExpirationInput | null = null): Delegation {
    const input = { share: share.id, member: member.id, role, expiresAt }
    return subjectOf(this.run('delegation.grant', input), 'delegation')
  }

  /** An API key of the organization with the scope `manage`. */
  key(): Run {
    return this.#world.as({ kind: 'key', organization: this.id, key: this.#world.newId() })
  }

  #person({ id }: Member): Person {
    return { id, run: this.#world.as({ kind: 'member', organization: this.id, member: id }) }
  }
}

/** Creates an organization with its first admin. */
export function createParty(world: World, name: string, timeZone = 'UTC'): Party {
  const identifier = `${name.toLowerCase()}-7k2m4q`
  const run = world.as({ kind: 'user', user: world.newId(), name: `Admin of ${name}` })
  const created = run('organization.create', { name, identifier, timeZone })
  return new Party(world, { ...subjectOf(created, 'organization'), identifier }, subjectOf(created, 'member'))
}

/** The first fact of a type that a command was about. */
export function subjectOf<T extends FactType>({ outcome }: Performed, type: T): FactOf<T> {
  const isWanted = (fact: { type: FactType }): fact is FactOf<T> => fact.type === type
  const found = outcome.subjects.find(isWanted)
  if (found === undefined) throw new Error(`the command was not about any ${type}`)
  return found
}

/** A resource without the rest of its fact. */
export function refTo({ type, id }: Resource): Resource {
  return { type, id }
}
