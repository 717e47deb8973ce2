import {
  refOf,
  type Fact,
  type FactChange,
  type FactSet,
  type MemberId,
  type Resource,
} from '@drawbridge/core'

/** Resources, each once. */
export type Resources = Map<string, Resource>

export function keyOf({ type, id }: Resource): string {
  return `${type}/${id}`
}

/** Every resource that the facts know. */
export function allResources(facts: FactSet): Resources {
  const resources: Resources = new Map()
  for (const { type, id } of facts.parks.all()) add(resources, { type, id })
  for (const { type, id } of facts.portfolios.all()) add(resources, { type, id })
  return resources
}

/** The resources on which changes can alter a member's actions, as far as these facts show; ask before and after applying. */
export function touchedBy(changes: Iterable<FactChange>, facts: FactSet, member: MemberId): Resources {
  const resources: Resources = new Map()
  for (const change of changes) {
    const before = facts.get(refOf(change))
    if (before !== undefined) touch(resources, before, { facts, member })
    if ('put' in change) touch(resources, change.put, { facts, member })
  }
  return resources
}

function touch(
  resources: Resources,
  fact: Fact,
  { facts, member }: { readonly facts: FactSet; readonly member: MemberId },
): void {
  switch (fact.type) {
    case 'organization':
      // Its name alone can change while it stands, and when it goes so does all that is its.
      return
    case 'member':
      if (fact.id !== member) return
      for (const resource of allResources(facts).values()) add(resources, resource)
      return
    case 'park':
    case 'portfolio':
      return addCovered(resources, { type: fact.type, id: fact.id }, facts)
    case 'portfolioEntry':
      return add(resources, { type: 'park', id: fact.park })
    case 'assignment':
    case 'share':
      return addCovered(resources, fact.resource, facts)
    case 'cooperation':
      for (const share of facts.shares.by('cooperation', fact.id))
        addCovered(resources, share.resource, facts)
      return
    case 'delegation': {
      const share = facts.shares.get(fact.share)
      if (share !== undefined && fact.member === member) addCovered(resources, share.resource, facts)
    }
  }
}

/** A portfolio covers the parks in it (O7, S4). */
function addCovered(resources: Resources, resource: Resource, facts: FactSet): void {
  add(resources, resource)
  if (resource.type === 'park') return
  for (const { park } of facts.entries.by('portfolio', resource.id))
    add(resources, { type: 'park', id: park })
}

function add(resources: Resources, { type, id }: Resource): void {
  const resource = { type, id }
  resources.set(keyOf(resource), resource)
}
