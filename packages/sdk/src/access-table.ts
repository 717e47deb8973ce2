import { actions, type Action, type Id, type Resource } from '@drawbridge/core'

/** What `can()` compares the time with when access is denied, or never ends. */
export const denied = Number.NEGATIVE_INFINITY
export const endless = Number.POSITIVE_INFINITY

/** Ids come from the caller: asking about ever new ones must not fill the memory. */
const mostEntries = 500_000

/** Until when one member's access stands, in milliseconds of database time; kept until the facts change. */
export class AccessTable {
  readonly #parks = new Map(actions.map((action) => [action, new Map<Id, number>()]))
  readonly #portfolios = new Map(actions.map((action) => [action, new Map<Id, number>()]))

  get(action: Action, resource: Resource): number | undefined {
    return this.#of(resource).get(action)?.get(resource.id)
  }

  set(action: Action, resource: Resource, until: number): void {
    const untils = this.#of(resource).get(action)
    if (untils === undefined) return
    if (untils.size >= mostEntries) untils.clear()
    untils.set(resource.id, until)
  }

  #of({ type }: Resource) {
    return type === 'park' ? this.#parks : this.#portfolios
  }
}
