import { createRenewalLimit, parseApplied, parseRenew } from './client-messages.ts'
import { momentOf, type Clock } from './clock.ts'
import { Connection, type ChannelSocket } from './connection.ts'
import { webHeaders } from './handshake.ts'
import type { OrganizationQueue } from './organization-queue.ts'
import type { Authenticator, Log, Principal } from './ports.ts'

export interface ServeOptions {
  readonly organization: OrganizationQueue
  readonly authenticator: Authenticator
  readonly clock: Clock
  readonly log: Log
}

/** Hears what a client sends, and closes the connection of one that sends what it may not. */
export function serveConnection(socket: ChannelSocket, options: ServeOptions): Connection {
  const { organization, authenticator, clock, log } = options
  const connection = new Connection(socket)
  const isAllowed = createRenewalLimit(clock)
  let lastN = -1
  let applied = 0

  socket.use(([event], next) => {
    if (event === 'renew' || event === 'applied') next()
    else refuse('an unknown message')
  })

  socket.on('renew', (message: unknown) => {
    const renew = parseRenew(message, lastN)
    if (renew === null) return refuse('a malformed or repeated renewal')
    if (!isAllowed()) return refuse('too many renewals')
    lastN = renew.n
    const renewal = { n: renew.n, received: momentOf(clock) }
    if (renew.token === undefined) organization.renew(connection, renewal)
    else void replace(renew.token).then((isSame) => isSame && organization.renew(connection, renewal))
  })

  socket.on('applied', (message: unknown) => {
    applied += 1
    if (parseApplied(message) === null) refuse('a malformed confirmation')
    else if (applied > connection.written) refuse('more confirmations than it was sent messages')
  })

  /** Takes a fresh token, which has to be the same principal's; says whether it did. */
  async function replace(token: string): Promise<boolean> {
    const started = momentOf(clock)
    try {
      const headers = webHeaders(socket.request.headers, false)
      const principal = await authenticator.authenticate({ token, headers })
      if (principal === null || !isSame(principal)) {
        connection.goodbye('credential_ended', true)
        return false
      }
      connection.principal = principal
      if (connection.verified !== null) connection.verified = started
      return true
    } catch (error) {
      log.error({ error }, 'a fresh token could not be checked')
      return false
    }
  }

  function isSame({ organization, member, audiences }: Principal): boolean {
    const { principal, audience } = connection
    const isSamePerson = organization === principal.organization && member === principal.member
    return isSamePerson && audiences.includes(audience)
  }

  function refuse(what: string): void {
    if (!connection.isOpen) return
    const { organization, member } = connection.principal
    log.warn({ organization, member }, `closed a connection that sent ${what}`)
    connection.goodbye('invalid_message', false)
  }

  return connection
}
