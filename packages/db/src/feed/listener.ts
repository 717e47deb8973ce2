import pg from 'pg'
import { connectionOptions } from '../connections/connection-options.ts'
import type { Log } from '../log.ts'
import { parsePayload, wakeChannel } from './notifier.ts'
import type { Wake } from './wakes.ts'

const firstDelayMs = 100
const longestDelayMs = 5_000

export interface ListenerOptions {
  readonly url: string
  readonly log: Log
  /** Its own notifications are passed over: this node is awake already. */
  readonly sender: string
  readonly wake: Wake
}

/** Listens for other nodes' notifications on one connection, and connects again whenever that is lost. */
export function createListener({ url, log, sender, wake }: ListenerOptions): AsyncDisposable {
  let client: pg.Client | undefined
  let timer: NodeJS.Timeout | undefined
  let delayMs = firstDelayMs
  let isClosed = false
  let connecting = connect()

  return {
    async [Symbol.asyncDispose]() {
      isClosed = true
      clearTimeout(timer)
      await connecting
      await client?.end()
    },
  }

  async function connect(): Promise<void> {
    const opened = new pg.Client({ ...connectionOptions(url), keepAliveInitialDelayMillis: 10_000 })
    let isLost = false
    const lose = () => {
      if (isLost) return
      isLost = true
      client = undefined
      connectLater()
    }
    opened.on('error', (error) => log.warn({ error }, 'the connection that listens for changes was lost'))
    opened.on('end', lose)
    opened.on('notification', ({ payload = '' }) => {
      const notification = parsePayload(payload)
      if (notification.sender !== sender) wake(notification.organizations)
    })
    try {
      client = opened
      await opened.connect()
      await opened.query(`listen ${wakeChannel}`)
      delayMs = firstDelayMs
    } catch (error) {
      log.warn({ error }, 'cannot listen for changes')
      await opened.end().catch(() => undefined)
      lose()
    }
  }

  function connectLater(): void {
    if (isClosed) return
    timer = setTimeout(
      () => {
        connecting = connect()
      },
      delayMs * (0.5 + Math.random() / 2),
    )
    delayMs = Math.min(delayMs * 2, longestDelayMs)
  }
}
