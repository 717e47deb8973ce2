import type { Command, CommandType } from '../commands.ts'
import type { Instant } from '../instant.ts'
import type { Actor } from '../rules/rule.ts'
import { commandTypes } from '../rules/rules.ts'
import { Dice } from './dice.ts'
import { Draw } from './draw.ts'
import { randomCommand } from './random-command.ts'
import type { World } from './world.ts'

/** What happens next in a random history. */
export type Step =
  | { readonly kind: 'command'; readonly command: Command; readonly actor: Actor }
  | { readonly kind: 'clock'; readonly now: Instant }

/** Turns numbers into a step that mostly makes sense in the world as it stands, and sometimes does not. */
export function randomStep(world: World, numbers: readonly number[]): Step {
  const dice = new Dice(numbers)
  if (dice.chance(12)) return { kind: 'clock', now: randomNow(world, dice) }
  const isPossible = world.facts.shares.size > 0
  const type = dice.weighted(
    commandTypes.map((item) => ({
      item,
      weight: needsShare(item) && !isPossible ? 0 : (weights[item] ?? 3),
    })),
  )
  return { kind: 'command', ...randomCommand(type ?? 'park.create', new Draw(world, dice)) }
}

function needsShare(type: CommandType): boolean {
  return type.startsWith('delegation.') || (type.startsWith('share.') && !type.startsWith('share.create'))
}

const weights: { readonly [T in CommandType]?: number } = {
  'organization.create': 1,
  'organization.remove': 1,
  'park.create': 2,
  'park.remove': 1,
  'portfolio.create': 1,
  'portfolio.remove': 1,
  'portfolio.addPark': 7,
  'portfolio.removePark': 4,
  'portfolio.update': 1,
  'park.update': 1,
  'organization.update': 2,
  'member.remove': 1,
  'member.provision': 2,
  'cooperation.decline': 1,
  'cooperation.cancel': 1,
  'assignment.grant': 4,
  'member.leave': 1,
  'cooperation.invite': 9,
  'cooperation.accept': 7,
  'cooperation.setExpiration': 6,
  'cooperation.remove': 1,
  'cooperation.leave': 1,
  'share.create': 12,
  'share.createMany': 4,
  'share.setRole': 7,
  'share.setExpiration': 5,
  'delegation.grant': 14,
  'delegation.grantMany': 5,
}

/** Some time later: often exactly at the next deadline, or a millisecond before it. */
function randomNow({ facts, now }: World, dice: Dice): Instant {
  const deadlines = [...facts.all()]
    .flatMap((fact) => ('expiresAt' in fact && fact.expiresAt !== null ? fact.expiresAt : []))
    .filter((deadline) => deadline > now)
    .toSorted()
  const after = (time: Instant, milliseconds: number) =>
    new Date(Date.parse(time) + milliseconds).toISOString()
  const next = deadlines[0] ?? after(now, 60_000)
  const justBefore = after(next, -1)
  const choices = [after(now, 60_000), after(now, 3_600_000), after(now, 86_400_000), next, next]
  return dice.pick(justBefore > now ? [...choices, justBefore] : choices) ?? now
}
