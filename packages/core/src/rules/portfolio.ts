import type { CommandInputs } from '../commands.ts'
import { notFound } from '../errors.ts'
import type { FactSet } from '../fact-set.ts'
import type { Organization, Portfolio, PortfolioEntry } from '../facts.ts'
import type { Id } from '../ids.ts'
import { endingWith } from './ending-with.ts'
import { requireOwnPark } from './park.ts'
import { drop, put } from './changes.ts'
import { requireAdmin, requireOwnResource } from './require.ts'
import type { Need, Rule } from './rule.ts'

/** Adds an empty portfolio to the own organization. */
export const createPortfolio: Rule<CommandInputs['portfolio.create']> = {
  needs: () => [],
  apply(facts, { name, externalId = null }, context) {
    const { id: organization } = requireAdmin(facts, context)
    const portfolio: Portfolio = { type: 'portfolio', id: context.newId(), organization, name, externalId }
    return {
      cause: {
        type: 'portfolio.created',
        by: organization,
        resource: { type: 'portfolio', id: portfolio.id },
      },
      facts: put(portfolio),
      subjects: [portfolio],
    }
  },
}

/** Renames a portfolio, which both sides of a share see at once (S5). */
export const updatePortfolio: Rule<CommandInputs['portfolio.update']> = {
  needs: ({ portfolio: id }) => [{ need: 'resource', resource: { type: 'portfolio', id } }],
  apply(facts, { portfolio: id, ...data }, context) {
    const portfolio = requireOwnPortfolio(facts, id, requireAdmin(facts, context))
    const updated = { ...portfolio, ...data }
    return {
      cause: { type: 'portfolio.updated', by: portfolio.organization, resource: { type: 'portfolio', id } },
      facts: put(updated, portfolio),
      subjects: [updated],
    }
  },
}

/** Puts a park into a portfolio, which extends the portfolio's shares and assignments to it (S4, O7). */
export const addParkToPortfolio: Rule<CommandInputs['portfolio.addPark']> = {
  needs: (input) => aboutEntry(input),
  apply(facts, { portfolio: portfolioId, park: parkId }, context) {
    const organization = requireAdmin(facts, context)
    const portfolio = requireOwnPortfolio(facts, portfolioId, organization)
    const park = requireOwnPark(facts, parkId, organization)
    const existing = entryOf(facts, portfolio.id, park.id)
    const entry: PortfolioEntry = existing ?? {
      type: 'portfolioEntry',
      id: context.newId(),
      organization: organization.id,
      portfolio: portfolio.id,
      park: park.id,
    }
    return {
      cause: {
        type: 'portfolio.parkAdded',
        by: organization.id,
        resource: { type: 'park', id: park.id },
      },
      facts: put(entry, existing),
      subjects: [portfolio],
    }
  },
}

/** Takes a park out of a portfolio, which revokes at once what came through the portfolio (S4). */
export const removeParkFromPortfolio: Rule<CommandInputs['portfolio.removePark']> = {
  needs: (input) => aboutEntry(input),
  apply(facts, { portfolio: portfolioId, park: parkId }, context) {
    const organization = requireAdmin(facts, context)
    const portfolio = requireOwnPortfolio(facts, portfolioId, organization)
    const park = requireOwnPark(facts, parkId, organization)
    const entry = entryOf(facts, portfolio.id, park.id)
    return {
      cause: {
        type: 'portfolio.parkRemoved',
        by: organization.id,
        resource: { type: 'park', id: park.id },
      },
      facts: drop(entry ? [entry] : []),
      subjects: [portfolio],
    }
  },
}

/** Removes a portfolio with the assignments and shares on it; its parks stay (S6). */
export const removePortfolio: Rule<CommandInputs['portfolio.remove']> = {
  needs: ({ portfolio: id }) => [
    { need: 'resource', resource: { type: 'portfolio', id } },
    { need: 'resourceSurroundings', resource: { type: 'portfolio', id } },
    { need: 'portfolioContents', portfolio: id },
  ],
  apply(facts, { portfolio: id }, context) {
    const portfolio = requireOwnPortfolio(facts, id, requireAdmin(facts, context))
    const resource = { type: 'portfolio', id } as const
    return {
      cause: { type: 'portfolio.removed', by: portfolio.organization, resource },
      facts: drop([...endingWith(facts, resource), ...facts.entries.by('portfolio', id), portfolio]),
      subjects: [portfolio],
    }
  },
}

function aboutEntry({ portfolio, park }: { portfolio: Id; park: Id }): readonly Need[] {
  return [
    { need: 'resource', resource: { type: 'portfolio', id: portfolio } },
    { need: 'resource', resource: { type: 'park', id: park } },
  ]
}

function entryOf(facts: FactSet, portfolio: Id, park: Id): PortfolioEntry | undefined {
  return facts.entries.by('park', park).find((entry) => entry.portfolio === portfolio)
}

function requireOwnPortfolio(facts: FactSet, id: Id, organization: Organization): Portfolio {
  requireOwnResource(facts, { type: 'portfolio', id }, organization)
  const portfolio = facts.portfolios.get(id)
  if (portfolio === undefined) throw notFound('portfolio')
  return portfolio
}
