/** The time as the bridge sees it, so that it can be tested without waiting. */
export interface Clock {
  /** Milliseconds that never go back; may stand still while the machine sleeps. */
  monotonic(): number
  /** Milliseconds since 1970; may jump. */
  wall(): number
  /** Runs once after `ms` milliseconds, unless the returned function is called before. */
  after(ms: number, run: () => void): () => void
}

/** The clocks and timers of the runtime. */
export const systemClock: Clock = {
  monotonic: () => performance.now(),
  wall: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
}

/** Beyond this, timers of JavaScript fire at once. */
const longestDelay = 2 ** 31 - 1

/** Runs once when `remaining()` milliseconds have come down to zero: never early, however far away. */
export function startAlarm(clock: Clock, remaining: () => number, run: () => void): () => void {
  const arm = () => clock.after(Math.min(Math.max(Math.ceil(remaining()), 0), longestDelay), ring)
  const ring = () => {
    if (remaining() > 0) cancel = arm()
    else run()
  }
  let cancel = arm()
  return () => cancel()
}
