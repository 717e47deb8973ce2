import { setTimeout as delay } from 'node:timers/promises'
import type { Log } from '../log.ts'

const closeWithinMs = 2_000

/** Closes what may wait for a connection that was lost: nothing may keep a server from stopping. */
export async function closeWithin(
  what: string,
  { close, log }: { readonly close: () => PromiseLike<void>; readonly log: Log },
): Promise<void> {
  const patience = new AbortController()
  const late = delay(closeWithinMs, true, { signal: patience.signal }).catch(() => false)
  const isLate = await Promise.race([close().then(() => false), late])
  patience.abort()
  if (isLate) log.warn({ what }, 'connections to the database were left behind')
}
