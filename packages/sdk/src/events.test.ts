import { describe, expect, it, vi } from 'vitest'
import type { ClientDecision } from './decision.ts'
import { kindOf, type AccessEvent, type EventName } from './events.ts'
import { createLab, type Lab } from './fixtures/lab.ts'
import { ada, ben, north, sun, wind } from './fixtures/park-world.ts'

type Listener = (event: AccessEvent) => void

const names: readonly EventName[] = [
  'changed',
  'paused',
  'resumed',
  'revoked',
  'downgraded',
  'upgraded',
  'granted',
  'expired',
]

/** Writes down every event as `name resource`. */
function listen({ bridge }: Lab): { told: string[]; events: AccessEvent[] } {
  const told: string[] = []
  const events: AccessEvent[] = []
  for (const name of names) {
    bridge.on(name, (event) => {
      told.push(`${name} ${event.resource.id}`)
      if (name !== 'changed') events.push(event)
    })
  }
  return { told, events }
}

const cooperation = { cooperation: 'cooperation' }

describe('events', () => {
  it('C5: tell a pause of every resource behind it, with before, after and cause', async () => {
    await using lab = await createLab()
    const { told, events } = listen(lab)
    lab.script.run(ada, { type: 'cooperation.pause', input: cooperation })
    expect(told.toSorted()).toEqual(
      [
        'changed north',
        'changed sun',
        'changed wind',
        'paused north',
        'paused sun',
        'paused wind',
      ].toSorted(),
    )
    expect(events.find(({ resource }) => resource.id === 'sun')).toMatchObject({
      before: { allowed: true, actions: ['view', 'maintain'], role: 'technical-manager' },
      after: {
        allowed: false,
        actions: [],
        reason: 'cooperation_paused',
        by: { organization: 'helios', name: 'Helios Energy' },
      },
      cause: { type: 'cooperation.paused', by: 'helios', cooperation: 'cooperation' },
      act: 'act-8',
      version: 8,
    })
  })

  it('C6: tell a resume', async () => {
    await using lab = await createLab()
    lab.script.run(ada, { type: 'cooperation.pause', input: cooperation })
    const { told } = listen(lab)
    lab.script.run(ada, { type: 'cooperation.resume', input: cooperation })
    expect(told).toContain('resumed sun')
    expect(lab.bridge.can('maintain', sun)).toBe(true)
  })

  it('S6: tell a lowered and a raised role, of that resource alone', async () => {
    await using lab = await createLab()
    const { told, events } = listen(lab)
    lab.script.run(ada, { type: 'share.setRole', input: { share: 'share-sun', role: 'viewer' } })
    expect(told).toEqual(['changed sun', 'downgraded sun'])
    lab.script.run(ada, { type: 'share.setRole', input: { share: 'share-sun', role: 'technical-manager' } })
    lab.script.run(ben, {
      type: 'delegation.grant',
      input: { share: 'share-sun', member: 'mia', role: 'technical-manager' },
    })
    expect(told.slice(2)).toEqual(['changed sun', 'upgraded sun'])
    expect(events.map(({ after }) => after.role)).toEqual(['viewer', 'technical-manager'])
  })

  it('S4: tell a park that is put into a shared portfolio, or taken out', async () => {
    await using lab = await createLab()
    const { told } = listen(lab)
    lab.script.run(ada, { type: 'portfolio.removePark', input: { portfolio: 'north', park: 'wind' } })
    expect(told).toEqual(['changed wind', 'revoked wind'])
    lab.script.run(ada, { type: 'portfolio.addPark', input: { portfolio: 'north', park: 'wind' } })
    expect(told.slice(2)).toEqual(['changed wind', 'granted wind'])
  })

  it('tell the end of a cooperation of all it gave', async () => {
    await using lab = await createLab()
    const { told } = listen(lab)
    lab.script.run(ada, { type: 'cooperation.remove', input: cooperation })
    expect(told.filter((line) => line.startsWith('revoked')).toSorted()).toEqual([
      'revoked north',
      'revoked sun',
      'revoked wind',
    ])
  })

  it('O4: tell a paused membership of everything', async () => {
    await using lab = await createLab()
    const { told, events } = listen(lab)
    lab.script.run(ben, { type: 'member.pause', input: { member: 'mia' } })
    expect(told).toHaveLength(6)
    expect(events[0]?.after.reason).toBe('membership_paused')
  })

  it('say nothing of what does not change what the member may do', async () => {
    await using lab = await createLab()
    const { told } = listen(lab)
    lab.script.run(ada, { type: 'park.update', input: { park: 'sun', name: 'Sonnenfeld II' } })
    expect(told).toEqual([])
    expect(lab.bridge.list({ type: 'park' }).map(({ name }) => name)).toEqual(['Sonnenfeld II', 'Windhang'])
  })

  it('tell what a fresh snapshot shows after the replica was stale', async () => {
    await using lab = await createLab({ prepare: (script) => (script.isReplaying = false) })
    const { told, events } = listen(lab)
    lab.cut()
    lab.script.run(ada, { type: 'share.pause', input: { share: 'share-sun' } })
    await lab.connect()
    expect(told).toEqual(['changed sun', 'paused sun'])
    expect(events[0]?.cause).toBeNull()
  })

  it('come after can() has the answer and before the server is told that it was applied', async () => {
    await using lab = await createLab()
    const order: string[] = []
    lab.bridge.signal('view', sun).addEventListener('abort', () => order.push('signal'))
    lab.bridge.on('paused', ({ resource }) => {
      order.push(`${lab.bridge.can('view', resource)} ${lab.script.applied.at(-1)}`)
    })
    lab.script.run(ada, { type: 'share.pause', input: { share: 'share-sun' } })
    expect(order).toEqual(['signal', 'false 7'])
    expect(lab.script.applied.at(-1)).toBe(8)
  })

  it('reach the others when one listener throws, which is reported', async () => {
    await using lab = await createLab()
    const failure = new Error('mistake')
    const later = vi.fn<Listener>()
    lab.bridge.on('paused', () => {
      throw failure
    })
    lab.bridge.on('paused', later)
    lab.script.run(ada, { type: 'share.pause', input: { share: 'share-sun' } })
    expect(later).toHaveBeenCalledOnce()
    expect(lab.logger.error).toHaveBeenCalledExactlyOnceWith({ err: failure }, expect.any(String))
    expect(lab.script.applied.at(-1)).toBe(8)
  })

  it('stop when the listener is taken away, or closes the bridge', async () => {
    await using lab = await createLab()
    const listener = vi.fn<Listener>(() => lab.bridge.close())
    const other = vi.fn<Listener>()
    lab.bridge.on('changed', listener)
    lab.bridge.on('changed', other)()
    lab.script.run(ada, { type: 'share.pause', input: { share: 'share-sun' } })
    expect(listener).toHaveBeenCalledOnce()
    expect(other).not.toHaveBeenCalled()
    expect(lab.bridge.status.current).toBe('closed')
  })
})

describe('a change of actions', () => {
  const decision = (actions: ClientDecision['actions'], reason: ClientDecision['reason'] = 'allowed') => ({
    allowed: actions.includes('view'),
    actions,
    role: null,
    reason,
    validUntil: null,
    version: 1,
  })

  it('is named for what is lost when something is gained beside it', () => {
    expect(kindOf(decision(['view', 'maintain']), decision(['view', 'operate']))).toBe('downgraded')
  })

  it('is a grant after an expiry, a resume after a pause', () => {
    expect(kindOf(decision([], 'share_expired'), decision(['view']))).toBe('granted')
    expect(kindOf(decision([], 'membership_paused'), decision(['view']))).toBe('resumed')
  })

  it('is named for why all is lost', () => {
    expect(kindOf(decision(['view']), decision([], 'delegation_expired'))).toBe('expired')
    expect(kindOf(decision(['view']), decision([], 'not_delegated'))).toBe('revoked')
  })
})

describe('a signal', () => {
  it('is shared by all who ask the same, and aborted only for what ended', async () => {
    await using lab = await createLab()
    const { bridge } = lab
    expect(bridge.signal('view', sun)).toBe(bridge.signal('view', { ...sun }))
    const maintain = bridge.signal('maintain', sun)
    const view = bridge.signal('view', sun)
    lab.script.run(ada, { type: 'share.setRole', input: { share: 'share-sun', role: 'viewer' } })
    expect(maintain.aborted).toBe(true)
    expect(maintain.reason).toMatchObject({ retryable: false, decision: { reason: 'role_too_low' } })
    expect(view.aborted).toBe(false)
    expect(bridge.signal('view', north).aborted).toBe(false)
  })

  it('is aborted already when access is denied, and anew after it came back', async () => {
    await using lab = await createLab()
    expect(lab.bridge.signal('operate', sun).aborted).toBe(true)
    lab.script.run(ada, { type: 'cooperation.pause', input: cooperation })
    const paused = lab.bridge.signal('view', wind)
    lab.script.run(ada, { type: 'cooperation.resume', input: cooperation })
    expect(paused.aborted).toBe(true)
    expect(lab.bridge.signal('view', wind).aborted).toBe(false)
  })

  it('is aborted by close, for good', async () => {
    await using lab = await createLab()
    const signal = lab.bridge.signal('view', sun)
    lab.bridge.close()
    expect(signal.reason).toMatchObject({ retryable: false, decision: { reason: 'stale' } })
    expect(lab.bridge.can('view', sun)).toBe(false)
  })
})
