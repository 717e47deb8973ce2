import {
  actions,
  isDrawbridgeError,
  type Action,
  type Actor,
  type Command,
  type Resource,
} from '@drawbridge/core'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createLab, type Lab } from './fixtures/lab.ts'
import { ada, ben, north, sun, wind } from './fixtures/park-world.ts'
import { keyOf } from './touched.ts'

const resources: readonly Resource[] = [sun, wind, north]
const cooperation = 'cooperation'
const delegation = { member: 'mia', role: 'viewer' } as const

type Step =
  | { readonly by: Actor; readonly command: Command }
  | {
      readonly ends: 'share.setExpiration' | 'delegation.grant' | 'member.setExpiration'
      readonly ms: number
    }
  | { readonly passes: number }
  | { readonly happens: 'cut' | 'loss' | 'blocked' }

const commands: readonly Step[] = [
  { by: ada, command: { type: 'cooperation.pause', input: { cooperation } } },
  { by: ada, command: { type: 'cooperation.resume', input: { cooperation } } },
  { by: ada, command: { type: 'share.pause', input: { share: 'share-sun' } } },
  { by: ada, command: { type: 'share.pause', input: { cooperation } } },
  { by: ada, command: { type: 'share.resume', input: { cooperation } } },
  { by: ada, command: { type: 'share.setRole', input: { share: 'share-sun', role: 'viewer' } } },
  { by: ada, command: { type: 'share.setRole', input: { share: 'share-north', role: 'technical-manager' } } },
  { by: ada, command: { type: 'share.remove', input: { share: 'share-north' } } },
  { by: ada, command: { type: 'portfolio.addPark', input: { portfolio: 'north', park: 'sun' } } },
  { by: ada, command: { type: 'portfolio.removePark', input: { portfolio: 'north', park: 'wind' } } },
  { by: ada, command: { type: 'park.update', input: { park: 'sun', name: 'Neu' } } },
  { by: ben, command: { type: 'delegation.revoke', input: { share: 'share-sun', member: 'mia' } } },
  { by: ben, command: { type: 'delegation.grant', input: { share: 'share-sun', ...delegation } } },
  { by: ben, command: { type: 'delegation.grant', input: { share: 'share-north', ...delegation } } },
  { by: ben, command: { type: 'member.pause', input: { member: 'mia' } } },
  { by: ben, command: { type: 'member.resume', input: { member: 'mia' } } },
  { by: ben, command: { type: 'member.setRole', input: { member: 'mia', role: 'admin' } } },
  { by: ben, command: { type: 'member.setRole', input: { member: 'mia', role: 'member' } } },
]

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...commands) },
  {
    weight: 2,
    arbitrary: fc.record({
      ends: fc.constantFrom('share.setExpiration', 'delegation.grant', 'member.setExpiration'),
      ms: fc.integer({ min: 1, max: 9_000 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ passes: fc.integer({ min: 0, max: 6_000 }) }) },
  { weight: 1, arbitrary: fc.record({ happens: fc.constantFrom('cut', 'loss', 'blocked') }) },
)

it('tells each change of what the member may do, whatever brings it about', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      await using lab = await createLab()
      const told = new Map<string, readonly Action[]>()
      for (const resource of resources) told.set(keyOf(resource), actionsNow(lab, resource))
      lab.bridge.on('changed', ({ resource, before, after }) => {
        expect(told.get(keyOf(resource))).toEqual(before.actions)
        expect(after.actions).not.toEqual(before.actions)
        told.set(keyOf(resource), after.actions)
      })
      for (const one of steps) {
        await take(lab, one)
        for (const resource of resources) {
          expect(told.get(keyOf(resource))).toEqual(actionsNow(lab, resource))
        }
        // What a listener throws ends up there.
        expect(lab.logger.error).not.toHaveBeenCalled()
      }
    }),
    { numRuns: 150 },
  )
})

/** What the member may do, each action asked for by itself. */
function actionsNow({ bridge }: Lab, resource: Resource) {
  return actions.filter((action) => bridge.can(action, resource))
}

async function take(lab: Lab, one: Step): Promise<void> {
  if ('passes' in one) lab.clock.advance(one.passes)
  else if ('command' in one) attempt(lab, one.by, one.command)
  else if ('ends' in one) {
    const expiresAt = new Date(lab.clock.wall() + one.ms).toISOString()
    const inputs: Record<typeof one.ends, Command> = {
      'share.setExpiration': { type: 'share.setExpiration', input: { share: 'share-sun', expiresAt } },
      'delegation.grant': {
        type: 'delegation.grant',
        input: { share: 'share-north', ...delegation, expiresAt },
      },
      'member.setExpiration': { type: 'member.setExpiration', input: { member: 'mia', expiresAt } },
    }
    attempt(lab, ben, inputs[one.ends])
    attempt(lab, ada, inputs[one.ends])
  } else await disturb(lab, one.happens)
  // Timers that are due run, as they do sooner or later.
  lab.clock.advance(0)
}

/** What the rules refuse does not happen. */
function attempt(lab: Lab, by: Actor, command: Command): void {
  try {
    lab.script.run(by, command)
  } catch (error) {
    if (!isDrawbridgeError(error)) throw error
  }
}

async function disturb(lab: Lab, happens: 'cut' | 'loss' | 'blocked'): Promise<void> {
  if (happens === 'blocked') return lab.clock.block(2_000)
  if (happens === 'cut') {
    lab.cut()
    attempt(lab, ada, { type: 'cooperation.pause', input: { cooperation } })
    return lab.connect()
  }
  lab.script.lose(ben, { type: 'delegation.revoke', input: { share: 'share-sun', member: 'mia' } })
  lab.clock.advance(4_000)
  lab.clock.advance(1_000)
  await lab.connect()
}
