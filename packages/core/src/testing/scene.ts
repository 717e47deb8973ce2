import type { Action } from '../roles.ts'
import type { Resource } from '../facts.ts'
import { createParty, type Person } from './party.ts'
import { createWorld } from './world.ts'

/**
 * Two organizations that cooperate: the owner, who invited, shares the one park of its portfolio as technical manager,
 * and the receiver delegates that to its technician.
 */
export function createScene() {
  const world = createWorld()
  const owner = createParty(world, 'Helios', 'Europe/Berlin')
  const receiver = createParty(world, 'Borealis', 'America/New_York')
  const operator = owner.join('Operator')
  const technician = receiver.join('Technician')
  const outsider = receiver.join('Outsider')
  const park = owner.park('Sonnenfeld')
  const portfolio = owner.portfolio(park)
  owner.assign(operator, park, 'operator')
  const cooperation = owner.cooperate(receiver)
  const share = owner.share(cooperation, park, 'technical-manager')
  const delegation = receiver.delegate(share, technician, 'technical-manager')

  return {
    world,
    owner,
    receiver,
    operator,
    technician,
    outsider,
    park,
    portfolio,
    cooperation,
    share,
    delegation,
    /** What a member may do now. */
    actionsOf: (person: Person, resource: Resource = park) =>
      world.decide({ member: person.id, action: 'view', resource }).actions,
    /** Why a member may or may not. */
    reasonOf: (person: Person, action: Action = 'view', resource: Resource = park) =>
      world.decide({ member: person.id, action, resource }).reason,
  }
}
