import {
  commandTypes,
  roles,
  shareableRoles,
  type Actor,
  type Command,
  type CommandInputs,
  type CommandType,
  type FactSet,
  type Id,
  type Instant,
  type Member,
  type Organization,
  type Resource,
  type Role,
  type Share,
  type ShareInput,
} from '@drawbridge/core'
import type { Random } from './random.ts'

/** A command that someone might give as things stand; many are refused, as in life. */
export interface Step {
  readonly command: Command
  readonly actor: Actor
}

const seldom = /organization.(create|remove)|cooperation.(remove|leave|decline|cancel)|park.remove|member.(pause|leave|remove)/
const often = /share.(create|remove)|delegation|cooperation.(invite|accept)|portfolio.(add|remove)Park/

/** Picks a command, who gives it, and inputs that exist: mostly fitting ones, sometimes another organization's. */
export function randomStep(facts: FactSet, { random, now }: { random: Random; now: Instant }): Step {
  if (facts.organizations.size < 3) return { command: creation(random), actor: someUser(random) }
  for (;;) {
    const organization = random.of(facts.organizations.all())
    const type = random.of(busyTypes)
    if (organization === undefined || type === undefined) continue
    const actor = type === 'organization.create' ? someUser(random) : someActor(facts, random, organization)
    const command = commandOf(type, new Chooser(facts, { random, now, organization }))
    if (command !== null) return { command, actor }
  }
}

/** What ends much is given seldom, so that much is there to end. */
const busyTypes: readonly CommandType[] = commandTypes.flatMap((type) => {
  const times = seldom.test(type) ? 1 : often.test(type) ? 14 : 5
  return Array.from({ length: times }, () => type)
})

function commandOf<T extends CommandType>(type: T, chooser: Chooser): Command<T> | null {
  const choose: (chooser: Chooser) => CommandInputs[T] | null = inputs[type]
  const input = choose(chooser)
  return input === null ? null : { type, input }
}

const inputs: { readonly [T in CommandType]: (choose: Chooser) => CommandInputs[T] | null } = {
  'organization.create': ({ facts, random }) =>
    facts.organizations.size < 4 ? creation(random).input : null,
  'organization.update': ({ random }) =>
    random.chance(0.5) ? { name: aName(random) } : { timeZone: 'Europe/Berlin' },
  'organization.remove': ({ random }) => (random.chance(0.2) ? {} : null),
  'member.add': (choose) =>
    choose.isRoomFor('members', 4)
      ? { user: `user-${choose.random.number(40)}`, name: aName(choose.random), role: choose.memberRole() }
      : null,
  'member.provision': ({ random }) => ({ externalId: `ext-${random.number(3)}`, name: aName(random) }),
  'member.setRole': (choose) => choose.about('member', { role: choose.memberRole() }),
  'member.pause': (choose) => choose.about('member', {}),
  'member.resume': (choose) => choose.about('member', {}),
  'member.setExpiration': (choose) => choose.about('member', { expiresAt: choose.expiration() }),
  'member.remove': (choose) => choose.about('member', {}),
  'member.leave': () => ({}),
  'park.create': (choose) => (choose.isRoomFor('parks', 3) ? { name: aName(choose.random) } : null),
  'park.update': (choose) => choose.about('park', { name: aName(choose.random), peakPowerKw: 12.5 }),
  'park.remove': (choose) => choose.about('park', {}),
  'portfolio.create': (choose) => (choose.isRoomFor('portfolios', 2) ? { name: aName(choose.random) } : null),
  'portfolio.update': (choose) => choose.about('portfolio', { name: aName(choose.random) }),
  'portfolio.addPark': (choose) => choose.entry(),
  'portfolio.removePark': (choose) => choose.existingEntry() ?? choose.entry(),
  'portfolio.remove': (choose) => choose.about('portfolio', {}),
  'assignment.grant': (choose) => choose.onResource(choose.about('member', { role: choose.role() })),
  'assignment.revoke': (choose) => choose.existingAssignment() ?? choose.onResource(choose.about('member', {})),
  'cooperation.invite': ({ facts, random }) => ({
    identifier: random.of(facts.organizations.all())?.identifier ?? 'nobody',
  }),
  'cooperation.accept': (choose) => choose.about('cooperation', {}, 'invitee'),
  'cooperation.decline': (choose) => choose.about('cooperation', {}, 'invitee'),
  'cooperation.cancel': (choose) => choose.about('cooperation', {}, 'initiator'),
  'cooperation.pause': (choose) => choose.about('cooperation', {}, 'initiator'),
  'cooperation.resume': (choose) => choose.about('cooperation', {}, 'initiator'),
  'cooperation.setExpiration': (choose) => choose.about('cooperation', { expiresAt: choose.expiration() }, 'initiator'),
  'cooperation.remove': (choose) => choose.about('cooperation', {}, 'initiator'),
  'cooperation.leave': (choose) => choose.about('cooperation', {}, 'invitee'),
  'share.create': (choose) => choose.share(),
  'share.createMany': (choose) => {
    const shares = [choose.share(), choose.share(), choose.share()].filter((share) => share !== null)
    return { shares }
  },
  'share.setRole': (choose) => choose.about('share', { role: choose.shareableRole() }),
  'share.setExpiration': (choose) => choose.about('share', { expiresAt: choose.expiration() }),
  'share.pause': (choose) => choose.target(),
  'share.resume': (choose) => choose.target(),
  'share.remove': (choose) => choose.about('share', {}),
  'delegation.grant': (choose) => choose.delegation(),
  'delegation.grantMany': (choose) => {
    const grants = [choose.delegation(), choose.delegation()].filter((grant) => grant !== null)
    const [first] = grants
    if (first === undefined) return null
    return { shares: grants.map(({ share }) => share), members: grants.map(({ member }) => member), role: first.role }
  },
  'delegation.revoke': (choose) => {
    const grant = choose.existingDelegation() ?? choose.delegation()
    return grant && { share: grant.share, member: grant.member }
  },
}

/** Chooses inputs from the point of view of one organization. */
class Chooser {
  readonly facts: FactSet
  readonly random: Random
  readonly #now: Instant
  readonly #organization: Organization

  constructor(facts: FactSet, { random, now, organization }: { random: Random; now: Instant; organization: Organization }) {
    this.facts = facts
    this.random = random
    this.#now = now
    this.#organization = organization
  }

  isRoomFor(table: 'members' | 'parks' | 'portfolios', limit: number): boolean {
    return this.facts[table].by('organization', this.#organization.id).length < limit
  }

  /** An input that names one thing of a kind, beside what else it says. */
  about<K extends Kind, Rest extends object>(
    kind: K,
    rest: Rest,
    side: 'initiator' | 'invitee' | 'any' = 'any',
  ): (Rest & Record<K, Id>) | null {
    const found = this.#choose(kind, side)
    if (found === undefined) return null
    const named: Record<string, Id> = { [kind]: found }
    return isAbout(named, kind) ? { ...rest, ...named } : null
  }

  entry(): { portfolio: Id; park: Id } | null {
    const portfolio = this.#choose('portfolio')
    const park = this.#choose('park')
    return portfolio === undefined || park === undefined ? null : { portfolio, park }
  }

  existingEntry(): { portfolio: Id; park: Id } | null {
    const entry = this.#own(this.facts.entries.all())
    return entry && { portfolio: entry.portfolio, park: entry.park }
  }

  existingAssignment(): { member: Id; resource: Resource } | null {
    const assignment = this.#own(this.facts.assignments.all())
    return assignment && { member: assignment.member, resource: assignment.resource }
  }

  existingDelegation(): { member: Id; share: Id } | null {
    return this.#own(this.facts.delegations.all())
  }

  onResource<T extends object>(input: T | null): (T & { resource: Resource }) | null {
    const resource = this.resource()
    return input === null || resource === undefined ? null : { ...input, resource }
  }

  resource(): Resource | undefined {
    const type = this.random.chance(0.5) ? 'park' : 'portfolio'
    const id = this.#choose(type)
    return id === undefined ? undefined : { type, id }
  }

  share(): ShareInput | null {
    const cooperation = this.#choose('cooperation')
    const resource = this.resource()
    if (cooperation === undefined || resource === undefined) return null
    return { cooperation, resource, role: this.shareableRole(), expiresAt: this.expiration() }
  }

  delegation(): { share: Id; member: Id; role: Role; expiresAt: Instant | null } | null {
    const { id: own } = this.#organization
    const received = this.#shares().filter(({ receiver }) => receiver === own || this.random.chance(0.1))
    const share = this.random.of(received)
    const member = this.#choose('member')
    if (share === undefined || member === undefined) return null
    const role = this.random.chance(0.8) ? share.role : this.role()
    return { share: share.id, member, role, expiresAt: this.expiration() }
  }

  target(): { share: Id } | { cooperation: Id } | null {
    return this.random.chance(0.6) ? this.about('share', {}) : this.about('cooperation', {})
  }

  role(): Role {
    return this.random.of(roles) ?? 'viewer'
  }

  shareableRole(): Role {
    return this.random.chance(0.95) ? (this.random.of(shareableRoles) ?? 'viewer') : 'operator'
  }

  memberRole(): Member['role'] {
    return this.random.chance(0.5) ? 'admin' : 'member'
  }

  /** None, soon enough to lapse within the run, or later. */
  expiration(): Instant | null {
    if (this.random.chance(0.5)) return null
    const inMs = this.random.chance(0.5) ? 60 : 86_400_000
    return new Date(Date.parse(this.#now) + inMs).toISOString()
  }

  #choose(kind: Kind, side: 'initiator' | 'invitee' | 'any' = 'any'): Id | undefined {
    const { id: own } = this.#organization
    const { facts, random } = this
    const isForeign = random.chance(0.06)
    switch (kind) {
      case 'cooperation': {
        const cooperations = facts.cooperations.by('organization', own)
        const fitting = cooperations.filter((one) => side === 'any' || one[side] === own)
        return random.of(isForeign ? facts.cooperations.all() : fitting)?.id
      }
      case 'share':
        return random.of(isForeign ? facts.shares.all() : this.#shares().filter(({ owner }) => owner === own))?.id
      case 'member':
        return random.of(isForeign ? facts.members.all() : facts.members.by('organization', own))?.id
      case 'park':
        return random.of(isForeign ? facts.parks.all() : facts.parks.by('organization', own))?.id
      case 'portfolio':
        return random.of(isForeign ? facts.portfolios.all() : facts.portfolios.by('organization', own))?.id
    }
  }

  #shares(): readonly Share[] {
    const cooperations = this.facts.cooperations.by('organization', this.#organization.id)
    return cooperations.flatMap(({ id }) => this.facts.shares.by('cooperation', id))
  }

  #own<F extends { readonly organization: Id }>(facts: Iterable<F>): F | null {
    return this.random.of([...facts].filter(({ organization }) => organization === this.#organization.id)) ?? null
  }
}

type Kind = 'member' | 'park' | 'portfolio' | 'cooperation' | 'share'

function isAbout<K extends string>(named: Record<string, Id>, kind: K): named is Record<K, Id> {
  return Object.hasOwn(named, kind)
}

function someActor(facts: FactSet, random: Random, { id: organization }: Organization): Actor {
  if (random.chance(0.05)) return { kind: 'key', organization, key: 'key-1' }
  const members = facts.members.by('organization', organization)
  const admins = members.filter(({ role, pausedAt }) => role === 'admin' && pausedAt === null)
  const member = random.of(random.chance(0.93) ? admins : members) ?? random.of(members)
  return { kind: 'member', organization, member: member?.id ?? organization }
}

function someUser(random: Random): Actor {
  return { kind: 'user', user: `user-${random.number(40)}`, name: aName(random) }
}

function creation(random: Random): Command<'organization.create'> {
  const name = aName(random)
  return {
    type: 'organization.create',
    input: { name, identifier: `${name}-${random.number(1e9)}`.toLowerCase() },
  }
}

function aName(random: Random): string {
  return `${random.of(['Helios', 'Boreas', 'Aeolus', 'Selene', 'Tethys']) ?? ''} ${random.number(100)}`
}
