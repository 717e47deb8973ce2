import { setImmediate } from 'node:timers/promises'
import type { GoodbyeReason } from '@drawbridge/protocol/messages'

/** How many frames are written before the event loop gets a turn. */
const sliceSize = 500

/** Whoever is written to. */
export interface Recipient {
  send(text: string): void
  goodbye(reason: GoodbyeReason, retry: boolean): void
}

/** What is to be written to connections, in order, and whom it ends. */
export class Delivery {
  readonly #writes: { readonly recipient: Recipient; readonly text: string }[] = []
  readonly #endings = new Set<Recipient>()

  write(recipient: Recipient, text: string): void {
    this.#writes.push({ recipient, text })
  }

  /** Says goodbye once everything is written: the connection's role or membership is gone. */
  end(recipient: Recipient): void {
    this.#endings.add(recipient)
  }

  async run(): Promise<void> {
    for (const [index, { recipient, text }] of this.#writes.entries()) {
      if (index > 0 && index % sliceSize === 0) await setImmediate()
      recipient.send(text)
    }
    for (const recipient of this.#endings) recipient.goodbye('role_changed', false)
  }
}
