import type { OrganizationId } from '@drawbridge/core'
import { elapsed, momentOf, type Clock, type Moment } from './clock.ts'
import { withDeadline } from './deadline.ts'
import { readTimeoutMs } from './opening.ts'
import type { OrganizationQueue } from './organization-queue.ts'
import type { ChangeSource, Log } from './ports.ts'

export interface FeedOptions {
  readonly source: ChangeSource
  readonly pollMs: number
  readonly clock: Clock
  readonly log: Log
  readonly organizations: ReadonlyMap<OrganizationId, OrganizationQueue>
}

/** Tails the change log for the organizations with connections on this node; polling is the truth, wake-ups save waiting. */
export interface Feed {
  /** Polls at once, or once more after the poll under way. */
  wake(): void
  /** Why the feed is not current, or null. */
  reasonNotReady(): string | null
  close(): void
}

export function createFeed({ source, pollMs, clock, log, organizations }: FeedOptions): Feed {
  let proven: Moment | null = null
  let isFailing = false
  let isPolling = false
  let isWoken = false
  let isClosed = false
  let timer: NodeJS.Timeout | undefined

  const subscription = source.onWake((woken) => {
    if (woken.some((id) => organizations.has(id))) wake()
  })

  function wake(): void {
    if (isClosed) return
    isWoken = true
    if (!isPolling) void run()
  }

  async function run(): Promise<void> {
    clearTimeout(timer)
    isPolling = true
    do {
      isWoken = false
      try {
        if (await poll()) wake()
        if (isFailing) log.info({}, 'the change feed is back')
        isFailing = false
      } catch (error) {
        if (!isFailing) log.error({ error }, 'the change feed failed, trying again')
        isFailing = true
        isWoken = false
      }
    } while (isWoken)
    isPolling = false
    if (!isClosed) timer = setTimeout(() => void run(), pollMs)
  }

  /** One proving read; says whether there is more to read at once. */
  async function poll(): Promise<boolean> {
    const covered = [...organizations.values()].flatMap((organization) =>
      organization.cursor === null ? [] : { organization, cursor: organization.cursor },
    )
    const started = momentOf(clock)
    const cursors = new Map(covered.map(({ organization, cursor }) => [organization.id, cursor]))
    const { now, heads, changes } = await withDeadline(source.poll(cursors), readTimeoutMs)
    proven = started
    let hasMore = false
    for (const { organization, cursor } of covered) {
      const { id } = organization
      const polled = { proof: { started, now }, head: heads.get(id), changes: changes.get(id) ?? [] }
      hasMore = organization.receive(cursor, polled) || hasMore
    }
    for (const organization of organizations.values()) organization.retry()
    return hasMore
  }

  void run()

  return {
    wake,
    reasonNotReady() {
      const age = proven === null ? null : elapsed(proven, momentOf(clock))
      if (age === null) return 'the change feed has not been read yet'
      return age > 3 * pollMs ? `the change feed was last read ${Math.round(age)} ms ago` : null
    },
    close() {
      isClosed = true
      clearTimeout(timer)
      subscription[Symbol.dispose]()
    },
  }
}
