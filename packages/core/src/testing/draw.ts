import type { ShareInput, ShareTarget } from '../commands.ts'
import type { Cooperation, Member, Organization, Resource, Share } from '../facts.ts'
import type { Id, OrganizationId } from '../ids.ts'
import type { Instant } from '../instant.ts'
import { roles, type Role } from '../roles.ts'
import type { Actor } from '../rules/rule.ts'
import type { Dice } from './dice.ts'
import { unknownId } from './ids.ts'
import { refTo } from './party.ts'
import type { World } from './world.ts'

/** What commands can be about, drawn from what stands in the world; a few draws name what is not there. */
export class Draw {
  readonly world: World
  readonly dice: Dice

  constructor(world: World, dice: Dice) {
    this.world = world
    this.dice = dice
  }

  organizations(): readonly Organization[] {
    return [...this.world.facts.organizations.all()]
  }

  organization(): OrganizationId | undefined {
    return this.dice.pick(this.organizations())?.id
  }

  members(): readonly Member[] {
    return [...this.world.facts.members.all()]
  }

  /** The identifier of an organization, mostly of one that has no cooperation with this one. */
  stranger(organization: OrganizationId): string {
    const partners = this.world.facts.cooperations
      .by('organization', organization)
      .flatMap(({ initiator, invitee }) => [initiator, invitee])
    const all = this.organizations()
    const strangers = all.filter(({ id }) => id !== organization && !partners.includes(id))
    return this.dice.pick(this.dice.chance(25) ? all : strangers)?.identifier ?? 'nobody'
  }

  user(): Id {
    return this.dice.pick(this.members().flatMap(({ user }) => user ?? [])) ?? unknownId
  }

  name(): string {
    return `Name ${this.dice.below(50)}`
  }

  timeZone(): string {
    return this.dice.pick(['UTC', 'Europe/Berlin', 'America/Santiago', 'Asia/Tokyo', 'Mars/Olympus']) ?? 'UTC'
  }

  role(among: readonly Role[]): Role {
    return this.dice.pick(among) ?? 'viewer'
  }

  expiration(): string | null {
    const inDays = (days: number) => new Date(Date.parse(this.world.now) + days * 86_400_000).toISOString()
    const choices = [inDays(0.04), inDays(1), inDays(3), inDays(2).slice(0, 10), inDays(-1), '2026-02-30']
    return this.dice.chance(25) ? null : (this.dice.pick(choices) ?? null)
  }

  /** Mostly an admin of the organization that would act; else a key, a colleague, or someone from elsewhere. */
  actorOf(organization: OrganizationId | undefined): Actor {
    const by = organization ?? this.organization() ?? unknownId
    if (this.dice.chance(6)) return { kind: 'key', organization: by, key: unknownId }
    if (this.dice.chance(3)) return { kind: 'user', user: this.world.newId(), name: 'Passer-by' }
    const isElsewhere = this.dice.chance(6)
    const isColleague = this.dice.chance(5)
    const candidates = this.members().filter(
      (member) =>
        (isElsewhere || member.organization === by) &&
        (isColleague || isElsewhere || member.role === 'admin'),
    )
    const member = this.dice.pick(candidates)
    return member ? memberActor(member) : { kind: 'key', organization: by, key: unknownId }
  }

  aboutMember(preferred: Preference = anyOne): { by: OrganizationId | undefined; input: { member: Id } } {
    const member = this.dice.chance(3) ? undefined : this.pickPreferred(this.members(), preferred)
    return { by: member?.organization, input: { member: member?.id ?? unknownId } }
  }

  resource(type?: Resource['type']): { by: OrganizationId | undefined; id: Id; type: Resource['type'] } {
    const { parks, portfolios } = this.world.facts
    const all = [...parks.all(), ...portfolios.all()].filter((one) => type === undefined || one.type === type)
    const found = this.dice.chance(3) ? undefined : this.dice.pick(all)
    return { by: found?.organization, id: found?.id ?? unknownId, type: found?.type ?? type ?? 'park' }
  }

  entry(): { by: OrganizationId | undefined; input: { portfolio: Id; park: Id } } {
    const { by, id: portfolio } = this.resource('portfolio')
    const parks = this.world.facts.parks.by('organization', by ?? unknownId)
    const park = this.dice.chance(5) ? this.resource('park') : this.dice.pick(parks)
    return { by, input: { portfolio, park: park?.id ?? unknownId } }
  }

  assignment(): { by: OrganizationId | undefined; input: { member: Id; resource: Resource } } {
    const { by, ...resource } = this.resource()
    return { by, input: { member: this.colleague(by ?? unknownId), resource: refTo(resource) } }
  }

  colleague(organization: OrganizationId): Id {
    const all = this.members()
    const colleagues = all.filter((member) => member.organization === organization)
    return this.dice.pick(this.dice.chance(5) ? all : colleagues)?.id ?? unknownId
  }

  cooperation(state: Cooperation['state'], preferred: Preference = anyOne): Cooperation | undefined {
    const all = [...this.world.facts.cooperations.all()]
    return this.pickPreferred(all, (one) => one.state === state && preferred(one))
  }

  cooperationBy(side: 'initiator' | 'invitee', state: Cooperation['state'], preferred: Preference = anyOne) {
    const found = this.dice.chance(3) ? undefined : this.cooperation(state, preferred)
    const other = side === 'initiator' ? 'invitee' : 'initiator'
    const by = this.dice.chance(10) ? found?.[other] : found?.[side]
    return { by, input: { cooperation: found?.id ?? unknownId } }
  }

  newShare(id?: Id): { by: OrganizationId | undefined; input: ShareInput } {
    const cooperation = id === undefined ? this.cooperation('active') : this.world.facts.cooperations.get(id)
    const isInitiator = this.dice.chance(60)
    const by = isInitiator ? cooperation?.initiator : cooperation?.invitee
    const { parks, portfolios } = this.world.facts
    const own = [...portfolios.all(), ...parks.all()].filter((one) => one.organization === by)
    const resource = this.dice.chance(6) ? this.resource() : (this.dice.pick(own) ?? this.resource())
    const role = this.role(['viewer', 'technical-manager', ...roles])
    const input = { cooperation: cooperation?.id ?? unknownId, resource: refTo(resource), role }
    return { by, input: this.dice.chance(75) ? input : { ...input, expiresAt: this.expiration() } }
  }

  share(
    receiver?: OrganizationId,
    preferred: Preference = anyOne,
  ): Pick<Share, 'id' | 'owner' | 'receiver' | 'cooperation'> {
    const all = [...this.world.facts.shares.all()]
    const found = this.pickPreferred(
      receiver ? all.filter((share) => share.receiver === receiver) : all,
      preferred,
    )
    const nobody = { id: unknownId, owner: unknownId, receiver: unknownId, cooperation: unknownId }
    if (found === undefined || this.dice.chance(3)) return nobody
    return this.dice.chance(5) ? { ...found, owner: found.receiver, receiver: found.owner } : found
  }

  /** One that is preferred, if there is any; now and then one that is not. */
  pickPreferred<T extends Closable>(all: readonly T[], isPreferred: (one: T) => boolean): T | undefined {
    const preferred = all.filter(isPreferred)
    return this.dice.pick(preferred.length === 0 || this.dice.chance(10) ? all : preferred)
  }

  shareTarget(preferred: Preference = anyOne): { by: OrganizationId; input: ShareTarget } {
    const { id, cooperation, owner } = this.share(undefined, preferred)
    return { by: owner, input: this.dice.chance(30) ? { cooperation } : { share: id } }
  }
}

interface Closable {
  readonly pausedAt: Instant | null
}

type Preference = (one: Closable) => boolean

const anyOne: Preference = () => true

export const isPaused: Preference = ({ pausedAt }) => pausedAt !== null

/** A member as the one who acts. */
export function memberActor({ id, organization }: Member): Actor {
  return { kind: 'member', organization, member: id }
}
