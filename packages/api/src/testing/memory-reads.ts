import { isExpired, otherSide, type Cooperation, type OrganizationId, type Share } from '@drawbridge/core'
import type { World } from '@drawbridge/core/testing'
import type { CooperationView, OrganizationName, Page, Reads, ShareView } from '../ports.ts'
import { pageOf } from './memory-page.ts'

/** Reads over a world in memory. */
export function createMemoryReads(world: World): Reads {
  const { facts } = world
  const byId = <T extends { readonly id: string }>(items: Iterable<T>, page: Page) =>
    pageOf(items, page, ({ id }) => id)

  const nameOf = (id: OrganizationId): OrganizationName => ({
    id,
    name: facts.organizations.get(id)?.name ?? '',
  })

  const viewCooperation = (cooperation: Cooperation, viewer: OrganizationId): CooperationView => {
    const { id, initiator, invitee, state, pausedAt, expiresAt } = cooperation
    const shares = facts.shares.by('cooperation', id)
    const open = isExpired(expiresAt, world.now) ? 'expired' : pausedAt === null ? 'active' : 'paused'
    return {
      id,
      initiator,
      invitee,
      pausedAt,
      expiresAt,
      status: state === 'pending' ? 'pending' : open,
      direction: initiator === viewer ? 'outgoing' : 'incoming',
      partner: nameOf(otherSide(cooperation, viewer)),
      sharesGiven: shares.filter(({ owner }) => owner === viewer).length,
      sharesReceived: shares.filter(({ receiver }) => receiver === viewer).length,
    }
  }

  const viewShare = (share: Share, viewer: OrganizationId): ShareView => ({
    ...share,
    direction: share.owner === viewer ? 'given' : 'received',
    resourceName: facts.resource(share.resource)?.name ?? '',
    partner: nameOf(share.owner === viewer ? share.receiver : share.owner),
  })

  return {
    async membershipOf(user) {
      const [member] = facts.members.by('user', user)
      const organization = member && facts.organizations.get(member.organization)
      return member && organization ? { member, organization, now: world.now } : null
    },
    organizationByIdentifier: async (identifier) =>
      facts.organizations.by('identifier', identifier)[0] ?? null,
    versionOf: async (organization) => world.versionOf(organization),
    members: async (organization, page) => byId(facts.members.by('organization', organization), page),
    membersByExternalId: async (organization, externalIds) =>
      externalIds
        .flatMap((externalId) => facts.members.by('externalId', externalId))
        .filter((member) => member.organization === organization),
    parks: async (organization, page) => byId(facts.parks.by('organization', organization), page),
    park: async (id) => facts.parks.get(id) ?? null,
    portfolios: async (organization, page) => byId(facts.portfolios.by('organization', organization), page),
    async portfolio(id) {
      const portfolio = facts.portfolios.get(id)
      const parks = facts.entries.by('portfolio', id).flatMap(({ park }) => facts.parks.get(park) ?? [])
      return portfolio ? { portfolio, parks } : null
    },
    async assignments(organization, { member, resource }, page) {
      const found = [...facts.assignments.all()].filter(
        (one) =>
          one.organization === organization &&
          (member === undefined || one.member === member) &&
          (resource === undefined || one.resource.id === resource.id),
      )
      return byId(found, page)
    },
    async cooperations(organization, { direction, search = '' }, page) {
      const views = facts.cooperations
        .by('organization', organization)
        .map((one) => viewCooperation(one, organization))
      const found = views.filter(
        (one) =>
          (direction === undefined || one.direction === direction) &&
          one.partner.name.toLowerCase().includes(search.toLowerCase()),
      )
      return byId(found, page)
    },
    async cooperation(organization, id) {
      const found = facts.cooperations.by('organization', organization).find((one) => one.id === id)
      return found ? viewCooperation(found, organization) : null
    },
    async shares(organization, { direction, cooperation }, page) {
      const found = [...facts.shares.all()]
        .filter(({ owner, receiver }) => owner === organization || receiver === organization)
        .map((share) => viewShare(share, organization))
        .filter(
          (one) =>
            (direction === undefined || one.direction === direction) &&
            (cooperation === undefined || one.cooperation === cooperation),
        )
      return byId(found, page)
    },
    async delegations(organization, { share, member }, page) {
      const found = [...facts.delegations.all()].filter(
        (one) =>
          one.organization === organization &&
          (share === undefined || one.share === share) &&
          (member === undefined || one.member === member),
      )
      return byId(found, page)
    },
  }
}
