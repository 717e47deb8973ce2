import { storedFacts } from '../entities/stored-facts.ts'
import type { CreateFactQuery, FactQuery } from './fact-queries.ts'

const { assignment, cooperation, delegation, member, organization, park, portfolio, portfolioEntry, share } =
  storedFacts

const partners = `select invitee_id from cooperation where initiator_id = $1
  union all select initiator_id from cooperation where invitee_id = $1`

const receivedPortfolios = `select portfolio_id from share where receiver_id = $1 and portfolio_id is not null`

const receivedParks = `select park_id from share where receiver_id = $1 and park_id is not null
  union all select park_id from portfolio_entry where portfolio_id in (${receivedPortfolios})`

function ownedBy(table: 'park' | 'portfolio'): string {
  return `select id from ${table} where organization_id = $1`
}

/** What an organization may know; `$1` is the organization. */
export function organizationQueries(create: CreateFactQuery): readonly FactQuery[] {
  return [
    ...adminViewQueries(create, 'owner_id = $1 or receiver_id = $1'),
    create(assignment, 'assignments', 'organization_id = $1'),
    create(
      member,
      'members',
      `id in (
        select id from member where organization_id = $1
        union all
        select id from member where role = 'admin'
          and organization_id in (select receiver_id from share where owner_id = $1)
        union all
        select member_id from delegation where share_id in (select id from share where owner_id = $1)
      )`,
    ),
    create(
      delegation,
      'delegations',
      'share_id in (select id from share where owner_id = $1 union all select id from share where receiver_id = $1)',
    ),
  ]
}

/** What an admin is shown; `$1` is the organization. */
export function adminViewQueries(create: CreateFactQuery, shares = 'receiver_id = $1'): readonly FactQuery[] {
  return [
    create(organization, 'organizations', `id in (select $1::uuid union all ${partners})`),
    create(park, 'parks', `id in (${ownedBy('park')} union all ${receivedParks})`),
    create(portfolio, 'portfolios', `id in (${ownedBy('portfolio')} union all ${receivedPortfolios})`),
    create(
      portfolioEntry,
      'entries',
      `portfolio_id in (${ownedBy('portfolio')} union all ${receivedPortfolios})`,
    ),
    create(cooperation, 'cooperations', 'initiator_id = $1 or invitee_id = $1'),
    create(share, 'shares', shares),
  ]
}

const delegatedShares = 'select share_id from delegation where member_id = $1'

const reachedPortfolios = `select portfolio_id from assignment where member_id = $1 and portfolio_id is not null
  union all select portfolio_id from share where portfolio_id is not null and id in (${delegatedShares})`

const reachedParks = `select park_id from assignment where member_id = $1 and park_id is not null
  union all select park_id from share where park_id is not null and id in (${delegatedShares})
  union all select park_id from portfolio_entry where portfolio_id in (${reachedPortfolios})`

/** What a member below admin is shown; `$1` is the member. */
export function memberViewQueries(create: CreateFactQuery): readonly FactQuery[] {
  return [
    create(
      organization,
      'organizations',
      `id in (
        select organization_id from member where id = $1
        union all select owner_id from share where id in (${delegatedShares})
      )`,
    ),
    create(assignment, 'assignments', 'member_id = $1'),
    create(delegation, 'delegations', 'member_id = $1'),
    create(share, 'shares', `id in (${delegatedShares})`),
    create(
      cooperation,
      'cooperations',
      `id in (select cooperation_id from share where id in (${delegatedShares}))`,
    ),
    create(park, 'parks', `id in (${reachedParks})`),
    create(portfolio, 'portfolios', `id in (${reachedPortfolios})`),
    create(portfolioEntry, 'entries', `portfolio_id in (${reachedPortfolios})`),
  ]
}
