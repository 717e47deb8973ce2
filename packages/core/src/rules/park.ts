import type { CommandInputs } from '../commands.ts'
import { notFound } from '../errors.ts'
import type { FactSet } from '../fact-set.ts'
import type { Organization, Park } from '../facts.ts'
import type { Id } from '../ids.ts'
import { endingWith } from './ending-with.ts'
import { drop, put } from './changes.ts'
import { requireAdmin, requireOwnResource } from './require.ts'
import type { Rule } from './rule.ts'

/** Adds a park to the own organization. */
export const createPark: Rule<CommandInputs['park.create']> = {
  needs: () => [],
  apply(facts, { name, kind = 'solar', peakPowerKw = null, location = null, externalId = null }, context) {
    const { id: organization } = requireAdmin(facts, context)
    const park: Park = {
      type: 'park',
      id: context.newId(),
      organization,
      name,
      kind,
      peakPowerKw,
      location,
      externalId,
    }
    return {
      cause: { type: 'park.created', by: organization, resource: { type: 'park', id: park.id } },
      facts: put(park),
      subjects: [park],
    }
  },
}

/** Changes a park's name or data, which both sides of a share see at once (S5). */
export const updatePark: Rule<CommandInputs['park.update']> = {
  needs: ({ park: id }) => [{ need: 'resource', resource: { type: 'park', id } }],
  apply(facts, { park: id, ...data }, context) {
    const park = requireOwnPark(facts, id, requireAdmin(facts, context))
    const updated = { ...park, ...data }
    return {
      cause: { type: 'park.updated', by: park.organization, resource: { type: 'park', id } },
      facts: put(updated, park),
      subjects: [updated],
    }
  },
}

/** Removes a park, its place in portfolios, and the assignments and shares on it (S6). */
export const removePark: Rule<CommandInputs['park.remove']> = {
  needs: ({ park: id }) => [
    { need: 'resource', resource: { type: 'park', id } },
    { need: 'resourceSurroundings', resource: { type: 'park', id } },
  ],
  apply(facts, { park: id }, context) {
    const park = requireOwnPark(facts, id, requireAdmin(facts, context))
    const resource = { type: 'park', id } as const
    return {
      cause: { type: 'park.removed', by: park.organization, resource },
      facts: drop([...endingWith(facts, resource), ...facts.entries.by('park', id), park]),
      subjects: [park],
    }
  },
}

/** A park that the organization owns. */
export function requireOwnPark(facts: FactSet, id: Id, organization: Organization): Park {
  requireOwnResource(facts, { type: 'park', id }, organization)
  const park = facts.parks.get(id)
  if (park === undefined) throw notFound('park')
  return park
}
