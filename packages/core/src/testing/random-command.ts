import type { Command, CommandInputs, CommandType } from '../commands.ts'
import type { Delegation } from '../facts.ts'
import type { OrganizationId } from '../ids.ts'
import { roles } from '../roles.ts'
import type { Actor } from '../rules/rule.ts'
import { isPaused, memberActor, type Draw } from './draw.ts'
import { unknownId } from './ids.ts'

/** A command's input, and the organization or actor that would have a reason to give it. */
interface Drawn<T extends CommandType> {
  readonly by: OrganizationId | undefined | Actor
  readonly input: CommandInputs[T]
}

/** Turns draws into a command of one type, with who gives it. */
export function randomCommand<T extends CommandType>(
  type: T,
  draw: Draw,
): { command: Command<T>; actor: Actor } {
  const { by, input } = drawers[type](draw)
  return { command: { type, input }, actor: typeof by === 'object' ? by : draw.actorOf(by) }
}

const drawers: { readonly [T in CommandType]: (draw: Draw) => Drawn<T> } = {
  'organization.create': (draw) => ({
    by: { kind: 'user', user: draw.dice.chance(70) ? draw.world.newId() : draw.user(), name: 'Founder' },
    input: { name: draw.name(), identifier: draw.world.newId(), timeZone: draw.timeZone() },
  }),
  'organization.update': (draw) => ({
    by: draw.organization(),
    input: draw.dice.chance(50) ? { name: draw.name() } : { timeZone: draw.timeZone() },
  }),
  'organization.remove': (draw) => ({ by: draw.organization(), input: {} }),

  'member.add': (draw) => ({
    by: draw.organization(),
    input: {
      user: draw.dice.chance(80) ? draw.world.newId() : draw.user(),
      name: draw.name(),
      role: draw.dice.chance(40) ? 'admin' : 'member',
    },
  }),
  'member.provision': (draw) => ({
    by: draw.organization(),
    input: { externalId: `person-${draw.dice.below(3)}`, name: draw.name() },
  }),
  'member.setRole': (draw) => {
    const { by, input } = draw.aboutMember()
    return { by, input: { ...input, role: draw.dice.chance(50) ? 'admin' : 'member' } }
  },
  'member.pause': (draw) => draw.aboutMember(),
  'member.resume': (draw) => draw.aboutMember(isPaused),
  'member.setExpiration': (draw) => {
    const { by, input } = draw.aboutMember()
    return { by, input: { ...input, expiresAt: draw.expiration() } }
  },
  'member.remove': (draw) => draw.aboutMember(),
  'member.leave': (draw) => {
    const member = draw.dice.pick(draw.members())
    return { by: member ? memberActor(member) : undefined, input: {} }
  },

  'park.create': (draw) => ({ by: draw.organization(), input: { name: draw.name() } }),
  'park.update': (draw) => {
    const { by, id } = draw.resource('park')
    return { by, input: { park: id, name: draw.name() } }
  },
  'park.remove': (draw) => {
    const { by, id } = draw.resource('park')
    return { by, input: { park: id } }
  },

  'portfolio.create': (draw) => ({ by: draw.organization(), input: { name: draw.name() } }),
  'portfolio.update': (draw) => {
    const { by, id } = draw.resource('portfolio')
    return { by, input: { portfolio: id, name: draw.name() } }
  },
  'portfolio.addPark': (draw) => draw.entry(),
  'portfolio.removePark': (draw) => draw.entry(),
  'portfolio.remove': (draw) => {
    const { by, id } = draw.resource('portfolio')
    return { by, input: { portfolio: id } }
  },

  'assignment.grant': (draw) => {
    const { by, input } = draw.assignment()
    return { by, input: { ...input, role: draw.role(roles) } }
  },
  'assignment.revoke': (draw) => {
    const existing = draw.dice.pick([...draw.world.facts.assignments.all()])
    if (existing === undefined || draw.dice.chance(10)) return draw.assignment()
    return { by: existing.organization, input: { member: existing.member, resource: existing.resource } }
  },

  'cooperation.invite': (draw) => {
    const by = draw.organization() ?? unknownId
    return { by, input: { identifier: draw.dice.chance(5) ? 'nobody' : draw.stranger(by) } }
  },
  'cooperation.accept': (draw) => draw.cooperationBy('invitee', 'pending'),
  'cooperation.decline': (draw) => draw.cooperationBy('invitee', 'pending'),
  'cooperation.cancel': (draw) => draw.cooperationBy('initiator', 'pending'),
  'cooperation.pause': (draw) => draw.cooperationBy('initiator', 'active'),
  'cooperation.resume': (draw) => draw.cooperationBy('initiator', 'active', isPaused),
  'cooperation.setExpiration': (draw) => {
    const { by, input } = draw.cooperationBy('initiator', 'active')
    return { by, input: { ...input, expiresAt: draw.expiration() } }
  },
  'cooperation.remove': (draw) => draw.cooperationBy('initiator', 'active'),
  'cooperation.leave': (draw) => draw.cooperationBy('invitee', 'active'),

  'share.create': (draw) => draw.newShare(),
  'share.createMany': (draw) => {
    const first = draw.newShare()
    const second = draw.newShare(first.input.cooperation)
    return { by: first.by, input: { shares: [first.input, second.input] } }
  },
  'share.setRole': (draw) => {
    const { id, owner } = draw.share()
    return { by: owner, input: { share: id, role: draw.role(roles) } }
  },
  'share.setExpiration': (draw) => {
    const { id, owner } = draw.share()
    return { by: owner, input: { share: id, expiresAt: draw.expiration() } }
  },
  'share.pause': (draw) => draw.shareTarget(),
  'share.resume': (draw) => draw.shareTarget(isPaused),
  'share.remove': (draw) => {
    const { id, owner } = draw.share()
    return { by: owner, input: { share: id } }
  },

  'delegation.grant': (draw) => {
    const { id, receiver } = draw.share()
    const input = { share: id, member: draw.colleague(receiver), role: draw.role(['viewer', ...roles]) }
    return { by: receiver, input: draw.dice.chance(60) ? input : { ...input, expiresAt: draw.expiration() } }
  },
  'delegation.grantMany': (draw) => {
    const { id, receiver } = draw.share()
    const { id: other } = draw.share(receiver)
    const members = [draw.colleague(receiver), draw.colleague(receiver)]
    return { by: receiver, input: { shares: [id, other], members, role: draw.role(['viewer', ...roles]) } }
  },
  'delegation.revoke': (draw) => {
    const existing: Partial<Delegation> = draw.dice.pick([...draw.world.facts.delegations.all()]) ?? {}
    const { organization, share = unknownId, member = unknownId } = existing
    return { by: organization, input: { share, member } }
  },
}
