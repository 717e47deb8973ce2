import { describe, expect, it, vi } from 'vitest'
import { FakeClock } from './fixtures/fake-clock.ts'
import { Lease, type LeaseEnd } from './lease.ts'

const noon = '2026-11-23T12:00:00.000Z'

function grantedLease(answer = { leaseMs: 12_000, dbNow: noon }) {
  const clock = new FakeClock()
  const onEnd = vi.fn<(why: LeaseEnd) => void>()
  const lease = new Lease(clock, onEnd)
  const sent = { monotonic: clock.monotonic(), wall: clock.wall() }
  lease.grant(sent, answer)
  return { clock, lease, onEnd, sent }
}

describe('a lease', () => {
  it('is held strictly shorter than it lasts, counted from when it was asked for', () => {
    const { clock, lease } = grantedLease()
    clock.advance(11_999)
    expect(lease.isHeld()).toBe(true)
    clock.advance(1)
    expect(lease.isHeld()).toBe(false)
  })

  it('is worth nothing when its answer took longer than it lasts', () => {
    const clock = new FakeClock()
    const lease = new Lease(clock, vi.fn<(why: LeaseEnd) => void>())
    const sent = { monotonic: clock.monotonic(), wall: clock.wall() }
    clock.advance(30_000)
    lease.grant(sent, { leaseMs: 12_000, dbNow: noon })
    expect(lease.isHeld()).toBe(false)
  })

  it('ends when only the wall clock says so, because the machine slept', () => {
    const { clock, lease, onEnd } = grantedLease()
    clock.jump(2 * 3_600_000)
    expect(lease.isHeld()).toBe(false)
    expect(onEnd).toHaveBeenCalledExactlyOnceWith('clock_jump')
  })

  it.each([2_001, -2_001, -86_400_000])('ends when the wall clock moves by %i ms', (jump) => {
    const { clock, lease } = grantedLease()
    clock.jump(jump)
    expect(lease.isHeld()).toBe(false)
  })

  it.each([1_999, -2_000])('survives a correction of the wall clock by %i ms', (jump) => {
    const { clock, lease } = grantedLease()
    clock.jump(jump)
    expect(lease.isHeld()).toBe(true)
  })

  it('does not come back when the wall clock does', () => {
    const { clock, lease } = grantedLease()
    clock.jump(5_000)
    lease.now()
    clock.jump(-5_000)
    expect(lease.isHeld()).toBe(false)
  })

  it.each([Number.NaN, -1, 0])('is not held when it is said to last %d ms', (leaseMs) => {
    expect(grantedLease({ leaseMs, dbNow: noon }).lease.isHeld()).toBe(false)
  })

  it('is not held when the time that comes with it cannot be read', () => {
    expect(grantedLease({ leaseMs: 12_000, dbNow: 'soon' }).lease.isHeld()).toBe(false)
  })
})

describe('the database time', () => {
  it('goes on from the answer by the clock that is ahead, so that a deadline is never seen late', () => {
    const { clock, lease } = grantedLease()
    clock.advance(1_000)
    expect(lease.now()).toBe(Date.parse(noon) + 1_000)
    clock.jump(500)
    expect(lease.now()).toBe(Date.parse(noon) + 1_500)
    clock.jump(-1_500)
    expect(lease.now()).toBe(Date.parse(noon) + 1_000)
  })

  it('does not go back when a later answer was quicker', () => {
    const { clock, lease } = grantedLease()
    clock.advance(4_000)
    const seen = lease.now()
    const sent = { monotonic: clock.monotonic(), wall: clock.wall() }
    lease.grant(sent, { leaseMs: 12_000, dbNow: '2026-11-23T12:00:03.700Z' })
    expect(lease.now()).toBe(seen)
    clock.advance(1_000)
    expect(lease.now()).toBe(Date.parse('2026-11-23T12:00:04.700Z'))
  })
})
