import { expect, it, vi } from 'vitest'
import { startAlarm } from './clock.ts'
import { FakeClock } from './fixtures/fake-clock.ts'

it('rings not before its time when a timer fires early', () => {
  const clock = new FakeClock()
  const due = clock.monotonic() + 100
  const ring = vi.fn<() => void>(() => expect(clock.monotonic()).toBeGreaterThanOrEqual(due))
  const early = {
    ...clockOf(clock),
    after: (ms: number, run: () => void) => clock.after(ms > 1 ? ms - 1 : ms, run),
  }
  startAlarm(early, () => due - clock.monotonic(), ring)
  clock.advance(99)
  expect(ring).not.toHaveBeenCalled()
  clock.advance(2)
  expect(ring).toHaveBeenCalledOnce()
})

it('rings in 400 days, though no timer reaches so far', () => {
  const clock = new FakeClock()
  const days = 400 * 86_400_000
  const due = clock.monotonic() + days
  const ring = vi.fn<() => void>()
  startAlarm(clock, () => due - clock.monotonic(), ring)
  clock.advance(days - 1)
  expect(ring).not.toHaveBeenCalled()
  clock.advance(1)
  expect(ring).toHaveBeenCalledOnce()
  expect(Math.max(...clock.delays)).toBeLessThan(2 ** 31)
})

it('does not ring once it is cancelled, even after it was set anew', () => {
  const clock = new FakeClock()
  const due = clock.monotonic() + 2 ** 32
  const ring = vi.fn<() => void>()
  const cancel = startAlarm(clock, () => due - clock.monotonic(), ring)
  clock.advance(2 ** 31)
  cancel()
  clock.advance(2 ** 32)
  expect(ring).not.toHaveBeenCalled()
})

function clockOf(clock: FakeClock) {
  return { monotonic: () => clock.monotonic(), wall: () => clock.wall() }
}
