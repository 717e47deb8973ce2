/** Time in milliseconds as this node sees it; injected so that tests can set it. */
export interface Clock {
  /** Never goes back, but may stand still while the machine sleeps. */
  monotonic(): number
  /** May jump, but notices sleep. */
  wall(): number
}

/** A point in time on both clocks. */
export interface Moment {
  readonly monotonic: number
  readonly wall: number
}

export const systemClock: Clock = { monotonic: () => performance.now(), wall: () => Date.now() }

export function momentOf(clock: Clock): Moment {
  return { monotonic: clock.monotonic(), wall: clock.wall() }
}

/** Milliseconds from one moment to another by whichever clock says more: an age is never understated. */
export function elapsed(from: Moment, to: Moment): number {
  return Math.max(to.monotonic - from.monotonic, to.wall - from.wall, 0)
}
