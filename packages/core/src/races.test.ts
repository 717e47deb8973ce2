import { describe, expect, it } from 'vitest'
import type { Command } from './commands.ts'
import type { Outcome, Actor } from './rules/rule.ts'
import { applyRule } from './rules/rules.ts'
import { isDrawbridgeError } from './errors.ts'
import { createScene } from './testing/scene.ts'

// Each act reads the facts, then writes what its rule answered; every order of the four steps is played.
const interleavings = [
  ['read lower', 'write lower', 'read delegate', 'write delegate'],
  ['read lower', 'read delegate', 'write lower', 'write delegate'],
  ['read lower', 'read delegate', 'write delegate', 'write lower'],
  ['read delegate', 'read lower', 'write lower', 'write delegate'],
  ['read delegate', 'read lower', 'write delegate', 'write lower'],
  ['read delegate', 'write delegate', 'read lower', 'write lower'],
] as const

const before = [null, 'viewer', 'technical-manager'] as const

describe('lowering a ceiling against delegating it', () => {
  it.each(interleavings.flatMap((steps) => before.map((role) => ({ steps, role }))))(
    'D5: leaves no usable role above the ceiling: $steps, with $role before',
    ({ steps, role }) => {
      const { world, owner, receiver, share, outsider, actionsOf } = createScene()
      if (role !== null) receiver.delegate(share, outsider, role)
      const lower = { type: 'share.setRole', input: { share: share.id, role: 'viewer' } } as const
      const input = { share: share.id, member: outsider.id, role: 'technical-manager' } as const
      const plans = {
        lower: { command: lower, actor: memberOf(owner) },
        delegate: { command: { type: 'delegation.grant', input }, actor: memberOf(receiver) },
      } as const

      const outcomes: { lower?: Outcome | null; delegate?: Outcome | null } = {}
      const play = (step: (typeof steps)[number]) => {
        const name = step.endsWith('lower') ? 'lower' : 'delegate'
        if (step.startsWith('read')) outcomes[name] = read(plans[name])
        else if (outcomes[name]) world.record(outcomes[name])
      }
      const read = ({ command, actor }: { command: Command; actor: Actor }) => {
        try {
          return applyRule(world.facts, command, { actor, now: world.now, newId: () => world.newId() })
        } catch (error) {
          if (isDrawbridgeError(error, 'ROLE_ABOVE_CEILING')) return null
          throw error
        }
      }

      for (const step of steps) play(step)
      expect(world.facts.shares.get(share.id)?.role).toBe('viewer')
      expect(actionsOf(outsider)).not.toContain('maintain')
      expect(actionsOf(receiver.admin)).toEqual(['view'])
    },
  )
})

function memberOf(party: { readonly id: string; readonly admin: { readonly id: string } }): Actor {
  return { kind: 'member', organization: party.id, member: party.admin.id }
}
