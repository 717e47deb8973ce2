import type { OrganizationId } from '@drawbridge/core'
import type { Pipelined } from '../connections/pipelined.ts'
import type { Log } from '../log.ts'

/** The channel on which nodes wake each other. */
export const wakeChannel = 'drawbridge_change'

/** Keeps one payload, sender included, below PostgreSQL's 8,000 bytes. */
const idsPerNotification = 200

/** Tells other nodes which organizations have changed. */
export interface Notifier {
  notify(organizations: readonly OrganizationId[]): void
}

/**
 * Sends after commits, outside of them and one statement at a time: what comes meanwhile goes together with the
 * next. A lost notification only costs the other nodes the wait for their next poll.
 */
export function createNotifier(
  connection: Pipelined,
  { sender, log }: { readonly sender: string; readonly log: Log },
): Notifier {
  let waiting = new Set<OrganizationId>()
  let isSending = false

  return {
    notify(organizations) {
      for (const organization of organizations) waiting.add(organization)
      if (!isSending && waiting.size > 0) void send()
    },
  }

  async function send(): Promise<void> {
    isSending = true
    try {
      while (waiting.size > 0) {
        const organizations = [...waiting]
        waiting = new Set()
        await connection.query(notify, [wakeChannel, toPayloads(sender, organizations)])
      }
    } catch (error) {
      log.warn({ error }, 'other nodes could not be notified of changes')
    } finally {
      isSending = false
    }
  }
}

const notify = {
  name: 'notify_changes',
  text: 'select pg_notify($1, payload) from unnest($2::text[]) as payload',
}

function toPayloads(sender: string, organizations: readonly OrganizationId[]): string[] {
  const payloads: string[] = []
  for (let from = 0; from < organizations.length; from += idsPerNotification) {
    payloads.push([sender, ...organizations.slice(from, from + idsPerNotification)].join(','))
  }
  return payloads
}

/** Who sent a notification and which organizations it names. */
export function parsePayload(payload: string): { sender: string; organizations: readonly OrganizationId[] } {
  const [sender = '', ...organizations] = payload.split(',')
  return { sender, organizations }
}
