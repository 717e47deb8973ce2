import { momentOf, type Clock, type Moment } from './clock.ts'
import type { Connection } from './connection.ts'
import { withDeadline } from './deadline.ts'
import { readTimeoutMs } from './opening.ts'
import type { Authenticator, Log } from './ports.ts'

export interface CredentialCheckOptions {
  readonly authenticator: Authenticator
  readonly intervalMs: number
  readonly clock: Clock
  readonly log: Log
  readonly connections: Iterable<Connection>
  /** Hears of those whose credential holds after they joined. */
  readonly onVerified: (connection: Connection) => void
}

/** Asks again and again, for all connections in one query, which credentials no longer hold. */
export interface CredentialCheck {
  /** Checks those that just joined, all that come while a check is under way in the next one. */
  checkJoined(connections: readonly Connection[]): void
  close(): void
}

export function createCredentialCheck(options: CredentialCheckOptions): CredentialCheck {
  const { authenticator, intervalMs, clock, log, connections, onVerified } = options
  const joined = new Set<Connection>()
  let isChecking = false
  let isFailing = false
  const timer = setInterval(() => void run([...connections]), intervalMs)

  async function run(some: readonly Connection[]): Promise<void> {
    if (isChecking) return
    isChecking = true
    try {
      await check(some)
      while (joined.size > 0) {
        const next = [...joined]
        joined.clear()
        await check(next)
      }
      isFailing = false
    } catch (error) {
      if (!isFailing) log.error({ error }, 'credentials could not be checked, trying again')
      isFailing = true
    }
    isChecking = false
  }

  async function check(some: readonly Connection[]): Promise<void> {
    if (some.length === 0) return
    const started = momentOf(clock)
    const joinedBefore = some.filter(({ isJoined }) => isJoined)
    const asked = new Set(some.map(({ principal }) => principal.credential))
    const ended = await withDeadline(authenticator.ended([...asked]), readTimeoutMs)
    for (const connection of some) {
      const { credential } = connection.principal
      if (ended.has(credential)) connection.goodbye('credential_ended', true)
    }
    // A credential that was replaced meanwhile was checked when it came.
    for (const connection of joinedBefore) {
      if (connection.isOpen && asked.has(connection.principal.credential)) verify(connection, started)
    }
  }

  function verify(connection: Connection, started: Moment): void {
    const isFirst = connection.verified === null
    connection.verified = started
    if (isFirst) onVerified(connection)
  }

  return {
    checkJoined(some) {
      for (const connection of some) joined.add(connection)
      if (joined.size > 0) void run([])
    },
    close() {
      clearInterval(timer)
    },
  }
}
