import { expect, it, vi } from 'vitest'
import type { AccessEvent } from './events.ts'
import { createLab, type LabOptions } from './fixtures/lab.ts'
import { ada, ben, sun, wind } from './fixtures/park-world.ts'
import { Lease } from './lease.ts'

const pause = { type: 'cooperation.pause', input: { cooperation: 'cooperation' } } as const

it('answers from the replica once a lease proves it', async () => {
  await using lab = await createLab()
  await lab.bridge.ready()
  expect(lab.bridge.status.current).toBe('live')
  expect(lab.bridge.can('maintain', sun)).toBe(true)
  expect(lab.bridge.can('operate', sun)).toBe(false)
  expect(lab.bridge.can('maintain', wind)).toBe(false)
  expect(lab.bridge.can('view', { type: 'park', id: 'elsewhere' })).toBe(false)
})

it('answers no, for the reason unknown, before the first lease', async () => {
  await using lab = await createLab({ prepare: (script) => (script.lease = null) })
  expect(lab.bridge.status.current).toBe('connecting')
  expect(lab.bridge.can('view', sun)).toBe(false)
  expect(lab.bridge.decide('view', sun)).toMatchObject({ allowed: false, reason: 'unknown' })
  expect(lab.bridge.list()).toEqual([])
})

async function answerWithoutRenewal(options: LabOptions) {
  const lab = await createLab(options)
  await lab.bridge.ready()
  lab.script.lease = null
  lab.clock.block(12_000)
  return lab
}

it('A5: answers no when the lease was not renewed, though no timer has run', async () => {
  await using lab = await answerWithoutRenewal({})
  expect(lab.bridge.can('view', sun)).toBe(false)
  expect(lab.bridge.decide('view', sun)).toMatchObject({ allowed: false, reason: 'stale' })
  expect(lab.bridge.signal('view', sun).aborted).toBe(true)
  expect(lab.bridge.list()).toEqual([])
})

it('A5: a bridge that ignores the lease would be noticed', async () => {
  class EndlessLease extends Lease {
    override now(): number {
      return this.estimate()
    }
  }
  await using lab = await answerWithoutRenewal({ createLease: (...lease) => new EndlessLease(...lease) })
  expect(lab.bridge.can('view', sun)).toBe(true)
})

it('turns stale and aborts signals when the lease ends, and live with the next one', async () => {
  await using lab = await createLab()
  const statuses: string[] = []
  lab.bridge.status.subscribe((status) => statuses.push(status))
  const signal = lab.bridge.signal('view', sun)
  lab.script.lease = null
  lab.clock.advance(8_000)
  expect(signal.aborted).toBe(false)
  lab.clock.advance(4_000)
  expect(signal.aborted).toBe(true)
  expect(signal.reason).toMatchObject({ retryable: true, decision: { reason: 'stale' } })
  lab.script.lease = {}
  lab.clock.advance(4_000)
  expect(lab.bridge.can('view', sun)).toBe(true)
  expect(statuses).toEqual(['stale', 'live'])
})

it('stays live over a short loss of the connection, and goes on after what it has', async () => {
  await using lab = await createLab()
  lab.script.run(ada, { type: 'share.setRole', input: { share: 'share-sun', role: 'viewer' } })
  lab.cut()
  expect(lab.bridge.can('view', sun)).toBe(true)
  lab.script.run(ada, pause)
  await lab.connect()
  expect(lab.script.handshakes.at(-1)).toMatchObject({ since: '8' })
  expect(lab.bridge.status.current).toBe('live')
  expect(lab.bridge.decide('view', sun).reason).toBe('cooperation_paused')
})

it('A5: answers no from the lease that shows a lost change until a fresh snapshot came', async () => {
  await using lab = await createLab()
  const signal = lab.bridge.signal('view', sun)
  lab.script.lose(ada, pause)
  expect(lab.bridge.can('view', sun)).toBe(true)
  lab.clock.advance(4_000)
  expect(lab.bridge.decide('view', sun).reason).toBe('stale')
  expect(signal.aborted).toBe(true)
  lab.clock.advance(1_000)
  await lab.connect()
  expect(lab.script.handshakes.at(-1)).not.toHaveProperty('since')
  expect(lab.bridge.decide('view', sun).reason).toBe('cooperation_paused')
})

it.each([2 * 3_600_000, 600_000, -600_000, 86_400_000, -86_400_000])(
  'A5: answers no at once when the wall clock moves by %i ms, and asks for a fresh snapshot',
  async (jump) => {
    await using lab = await createLab()
    lab.clock.jump(jump)
    expect(lab.bridge.can('view', sun)).toBe(false)
    lab.clock.jump(-jump)
    expect(lab.bridge.can('view', sun)).toBe(false)
    lab.clock.advance(1_000)
    await lab.connect()
    expect(lab.script.handshakes.at(-1)).not.toHaveProperty('since')
    expect(lab.bridge.can('view', sun)).toBe(true)
  },
)

it('notices a jump of the clock by itself', async () => {
  await using lab = await createLab()
  const signal = lab.bridge.signal('view', sun)
  lab.clock.jump(60_000)
  lab.clock.advance(4_000)
  expect(lab.bridge.status.current).toBe('stale')
  expect(signal.aborted).toBe(true)
})

it('ignores what an older connection proved when the server answers late', async () => {
  await using lab = await createLab()
  lab.script.filter = (name) => name !== 'lease'
  lab.clock.advance(12_000)
  const [peer] = lab.script.peers
  lab.script.filter = () => true
  peer?.send('lease', { n: 1, last: 7, complete: 7, leaseMs: 12_000, dbNow: lab.script.world.now })
  expect(lab.bridge.can('view', sun)).toBe(false)
})

it('never grants from an older version than it has seen', async () => {
  await using lab = await createLab({ prepare: (script) => (script.isReplaying = false) })
  lab.script.run(ada, pause)
  lab.script.run(ada, { type: 'cooperation.resume', input: { cooperation: 'cooperation' } })
  expect(lab.bridge.can('view', sun)).toBe(true)
  lab.cut()
  lab.script.world.version = 3
  await lab.connect()
  expect(lab.bridge.can('view', sun)).toBe(false)
  expect(lab.bridge.status.current).toBe('stale')
  expect(lab.logger.warn).toHaveBeenCalled()
})

it('C7: closes at the instant of an expiration, without any message', async () => {
  await using lab = await createLab()
  const expiresAt = new Date(lab.clock.wall() + 6_000).toISOString()
  lab.script.run(ada, { type: 'share.setExpiration', input: { share: 'share-sun', expiresAt } })
  const expired = vi.fn<(event: AccessEvent) => void>()
  lab.bridge.on('expired', expired)
  const signal = lab.bridge.signal('maintain', sun)
  lab.clock.advance(5_999)
  expect(lab.bridge.can('maintain', sun)).toBe(true)
  lab.clock.block(1)
  expect(lab.bridge.can('maintain', sun)).toBe(false)
  expect(signal.aborted).toBe(false)
  lab.clock.advance(0)
  expect(signal.aborted).toBe(true)
  expect(signal.reason).toMatchObject({ retryable: false, decision: { reason: 'share_expired' } })
  expect(expired).toHaveBeenCalledExactlyOnceWith(
    expect.objectContaining({
      resource: sun,
      cause: null,
      after: expect.objectContaining({ reason: 'share_expired' }),
    }),
  )
  expect(lab.bridge.can('view', wind)).toBe(true)
})

it('C7: counts a deadline by the database, however wrong the own clock is', async () => {
  await using lab = await createLab({
    prepare: (script) => (script.lease = { dbNow: '2031-05-05T10:00:00.000Z' }),
  })
  const share = lab.script.world.facts.shares.get('share-sun')
  if (share === undefined) throw new Error('no share')
  lab.script.tell({
    version: 8,
    act: 'act',
    at: lab.script.world.now,
    cause: { type: 'share.expirationChanged', by: 'helios' },
    facts: [{ put: { ...share, expiresAt: '2031-05-05T10:00:02.000Z' } }],
  })
  lab.script.lease = null
  lab.clock.advance(1_999)
  expect(lab.bridge.can('view', sun)).toBe(true)
  lab.clock.advance(1)
  expect(lab.bridge.can('view', sun)).toBe(false)
})

it('C7: tells an expiry once when the host was blocked and the message came first', async () => {
  await using lab = await createLab()
  const expiresAt = new Date(lab.clock.wall() + 3_000).toISOString()
  lab.script.run(ada, { type: 'share.setExpiration', input: { share: 'share-sun', expiresAt } })
  const expired = vi.fn<(event: AccessEvent) => void>()
  const changed = vi.fn<(event: AccessEvent) => void>()
  lab.bridge.on('expired', expired)
  lab.bridge.on('changed', changed)
  lab.clock.block(3_500)
  lab.script.tell({
    version: 9,
    act: 'expiry',
    at: expiresAt,
    cause: { type: 'share.expired', by: 'helios', shares: ['share-sun'] },
    facts: [],
  })
  lab.clock.advance(1_000)
  expect(expired).toHaveBeenCalledOnce()
  expect(changed).toHaveBeenCalledOnce()
})

it('V3: takes a fresh snapshot on the same connection, with the cause that came before it', async () => {
  await using lab = await createLab()
  const revoked = vi.fn<(event: AccessEvent) => void>()
  lab.bridge.on('revoked', revoked)
  const change = lab.script.world.run(ben, {
    type: 'delegation.revoke',
    input: { share: 'share-sun', member: 'mia' },
  })
  const [peer] = lab.script.peers
  peer?.tell({ ...change, facts: [] })
  peer?.sendSnapshot()
  expect(lab.bridge.status.current).toBe('live')
  expect(lab.bridge.can('view', sun)).toBe(false)
  expect(revoked).toHaveBeenCalledExactlyOnceWith(
    expect.objectContaining({ cause: expect.objectContaining({ type: 'delegation.revoked' }) }),
  )
})

it('V3: asks for a snapshot when the connection was lost before the one that had to follow', async () => {
  await using lab = await createLab()
  const change = lab.script.world.run(ben, { type: 'member.pause', input: { member: 'mia' } })
  const [peer] = lab.script.peers
  peer?.tell({ ...change, facts: [] }, { cursor: '', previous: 7 })
  lab.cut()
  await lab.connect()
  expect(lab.script.handshakes.at(-1)).not.toHaveProperty('since')
  expect(lab.bridge.decide('view', sun).reason).toBe('membership_paused')
})

it('answers no for another member until a lease proves the new view', async () => {
  await using lab = await createLab({ prepare: (script) => (script.parts = 1) })
  const [peer] = lab.script.peers
  lab.script.lease = null
  peer?.send('snapshot', {
    version: 1,
    cursor: '1',
    part: 0,
    parts: 1,
    organization: 'helios',
    member: 'ada',
    facts: [...lab.script.world.facts.all()],
  })
  expect(lab.bridge.can('view', sun)).toBe(false)
  expect(lab.bridge.status.current).toBe('stale')
})

it('connects anew when no lease came for long', async () => {
  await using lab = await createLab()
  lab.script.lease = null
  lab.clock.advance(40_000)
  lab.script.lease = {}
  await lab.connect()
  expect(lab.bridge.can('view', sun)).toBe(true)
})

it('waits longer each time that a fresh snapshot does not help', async () => {
  await using lab = await createLab()
  lab.script.lease = { last: 99 }
  const waits: number[] = []
  for (let attempt = 0; attempt < 8; attempt++) {
    lab.clock.advance(0)
    if (attempt === 0) lab.clock.advance(4_000)
    waits.push(lab.clock.delays.at(-1) ?? 0)
    lab.clock.advance(45_000)
    await lab.connect()
  }
  expect(waits.at(-1)).toBeGreaterThan(10_000)
  expect(lab.bridge.can('view', sun)).toBe(false)
})
