import { isWithin, type ActId, type Cause, type Instant, type Resource } from '@drawbridge/core'
import type { ClientDecision } from './decision.ts'
import type { Difference } from './access-watch.ts'
import { Listeners } from './subscribable.ts'

/** What became of the own member's access to one resource; the decisions are about `view`, their `actions` about all. */
export interface AccessEvent {
  readonly resource: Resource
  readonly before: ClientDecision
  readonly after: ClientDecision
  /** Why, in the domain's words; null when time passed or a fresh snapshot told it. */
  readonly cause: Cause | null
  readonly act: ActId | null
  readonly at: Instant
  readonly version: number
}

/** `changed` is told of every change of a resource's actions, and one of the others says what it was. */
export type EventName = 'changed' | ChangeKind

export type ChangeKind = 'paused' | 'resumed' | 'revoked' | 'downgraded' | 'upgraded' | 'granted' | 'expired'

/** Where changes of access come from. */
export type Origin = Pick<AccessEvent, 'cause' | 'act' | 'at' | 'version'>

/** Tells listeners of changes of access, `changed` before the specific event. */
export class Events {
  readonly #listeners: { readonly [N in EventName]: Listeners<AccessEvent> }

  constructor(report: (error: unknown) => void) {
    const listeners = () => new Listeners<AccessEvent>(report)
    this.#listeners = {
      changed: listeners(),
      paused: listeners(),
      resumed: listeners(),
      revoked: listeners(),
      downgraded: listeners(),
      upgraded: listeners(),
      granted: listeners(),
      expired: listeners(),
    }
  }

  on(name: EventName, listener: (event: AccessEvent) => void): () => void {
    return this.#listeners[name].add(listener)
  }

  tell(differences: readonly Difference[], origin: Origin): void {
    for (const { resource, before, after } of differences) {
      const event = { resource, before, after, ...origin }
      this.#listeners.changed.tell(event)
      this.#listeners[kindOf(before, after)].tell(event)
    }
  }
}

/** What a change of actions is called; where some are lost and others gained, the loss names it. */
export function kindOf(before: ClientDecision, after: ClientDecision): ChangeKind {
  if (after.actions.length === 0) {
    if (after.reason.endsWith('_paused')) return 'paused'
    return after.reason.endsWith('_expired') ? 'expired' : 'revoked'
  }
  if (before.actions.length === 0) return before.reason.endsWith('_paused') ? 'resumed' : 'granted'
  return isWithin(before.actions, after.actions) ? 'upgraded' : 'downgraded'
}
