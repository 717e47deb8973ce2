import { refOf, type Change, type Id, type MemberId, type OrganizationId } from '@drawbridge/core'
import type { Connection } from './connection.ts'
import type { ChangeSource } from './ports.ts'
import { everyAdmin, MemberSight, seeOrganization } from './sight.ts'
import { View } from './view.ts'

/** The views of one organization on this node, found by what they know, so that a change finds whom it concerns. */
export class ViewIndex {
  readonly #organization: View
  readonly #members = new Map<MemberId, View>()
  readonly #knowing = new Map<Id, Set<View>>()
  readonly #source: ChangeSource

  constructor(organization: OrganizationId, source: ChangeSource) {
    this.#source = source
    this.#organization = new View(seeOrganization(() => source.organizationSnapshot(organization)))
  }

  get isEmpty(): boolean {
    return this.#organization.isEmpty && this.#members.size === 0
  }

  all(): readonly View[] {
    return [this.#organization, ...this.#members.values()]
  }

  find({ audience, member }: Connection): View | undefined {
    if (audience === 'organization' || member === null) return this.#organization
    return this.#members.get(member)
  }

  /** The view of a connection, which is made for the first of its member's. */
  of(connection: Connection): View {
    const { member } = connection
    const existing = this.find(connection)
    if (existing !== undefined || member === null) return existing ?? this.#organization
    const read = () => this.#source.memberSnapshot(member)
    const view: View = new View(
      new MemberSight(member, read, (learned, forgotten) => {
        for (const id of forgotten) this.#remove(id, view)
        for (const id of learned) this.#add(id, view)
      }),
    )
    this.#members.set(member, view)
    return view
  }

  delete(connection: Connection): void {
    const view = this.find(connection)
    view?.delete(connection)
    if (!view?.isEmpty || view === this.#organization || connection.member === null) return
    view.sight.forget()
    this.#members.delete(connection.member)
  }

  /** The views that a change may concern: more than it does, never fewer. */
  concernedBy({ facts, cause }: Change): ReadonlySet<View> {
    const found = new Set<View>([this.#organization])
    const addMember = (id: MemberId) => {
      const view = this.#members.get(id)
      if (view !== undefined) found.add(view)
    }
    const addKnowing = (id: Id) => {
      for (const view of this.#knowing.get(id) ?? []) found.add(view)
    }
    addKnowing(everyAdmin)
    for (const fact of facts) {
      const { id } = refOf(fact)
      addKnowing(id)
      if ('drop' in fact) continue
      if (fact.put.type === 'assignment' || fact.put.type === 'delegation') addMember(fact.put.member)
      if (fact.put.type === 'portfolioEntry') addKnowing(fact.put.portfolio)
    }
    for (const id of cause.members ?? []) addMember(id)
    for (const id of [cause.cooperation ?? [], cause.shares ?? []].flat()) addKnowing(id)
    return found
  }

  #add(id: Id, view: View): void {
    const views = this.#knowing.get(id)
    if (views === undefined) this.#knowing.set(id, new Set([view]))
    else views.add(view)
  }

  #remove(id: Id, view: View): void {
    const views = this.#knowing.get(id)
    views?.delete(view)
    if (views?.size === 0) this.#knowing.delete(id)
  }
}
