import type { Cause, FactChange } from './change.ts'
import type { FactSet } from './fact-set.ts'
import { organizationsOf, type Fact } from './facts.ts'
import type { OrganizationId } from './ids.ts'
import { organizationSnapshot } from './snapshot.ts'

/** What one organization learns from an act: its snapshot's difference, and what stood there before. */
export interface Told {
  readonly organization: OrganizationId
  readonly cause: Cause
  readonly facts: readonly FactChange[]
  /** The facts that were replaced or dropped, as they stood (for the audit log). */
  readonly before: readonly Fact[]
}

/**
 * Applies an act's changes to `facts` and answers what each organization learns of it: exactly those whose
 * snapshot differs (V2). `facts` must hold everything on which the visibility of the changed facts depends.
 */
export function applyAndTell(
  facts: FactSet,
  { cause, facts: changes }: { readonly cause: Cause; readonly facts: readonly FactChange[] },
): readonly Told[] {
  const organizations = organizationsIn(facts)
  const before = new Map([...organizations].map((id) => [id, organizationSnapshot(facts, id)]))
  facts.apply(changes)
  const told: Told[] = []
  for (const organization of organizationsIn(facts).union(organizations)) {
    const knew = before.get(organization) ?? new Set()
    const knows = organizationSnapshot(facts, organization)
    const difference = differenceOf(knew, knows)
    if (difference.facts.length === 0) continue
    told.push({ organization, cause: narrow(cause, knew.union(knows)), ...difference })
  }
  return told
}

/** Every organization that a fact in the set belongs to. */
export function organizationsIn(facts: FactSet): Set<OrganizationId> {
  const organizations = new Set<OrganizationId>()
  for (const fact of facts.all()) for (const id of organizationsOf(fact)) organizations.add(id)
  return organizations
}

/** A cause names to an organization only what it knows: one act can concern several partners. */
function narrow(cause: Cause, known: Set<Fact>): Cause {
  const ids = new Set([...known].map((fact) => fact.id))
  const { shares, members, ...rest } = cause
  return {
    ...rest,
    ...(shares && { shares: shares.filter((id) => ids.has(id)) }),
    ...(members && { members: members.filter((id) => ids.has(id)) }),
  }
}

function differenceOf(before: Set<Fact>, after: Set<Fact>): Pick<Told, 'facts' | 'before'> {
  const stood = new Map([...before].map((fact) => [fact.id, fact]))
  const puts = [...after].filter((fact) => stood.get(fact.id) !== fact)
  const stands = new Set([...after].map((fact) => fact.id))
  const dropped = [...before].filter((fact) => !stands.has(fact.id))
  return {
    facts: [
      ...dropped.map(({ type, id }) => ({ drop: { type, id } })),
      ...puts.map((fact) => ({ put: fact })),
    ],
    before: [...dropped, ...puts.flatMap((fact) => stood.get(fact.id) ?? [])],
  }
}
