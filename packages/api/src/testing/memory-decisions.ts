import {
  actions,
  decide,
  decideOver,
  memberSnapshot,
  reachOf,
  reachToldTo,
  type Action,
  type Decision,
  type Member,
  type Resource,
} from '@drawbridge/core'
import type { World } from '@drawbridge/core/testing'
import type { Decisions, OrganizationName, ReachedResource, ReachingMember } from '../ports.ts'
import { pageOf } from './memory-page.ts'

/** Decisions over a world in memory: `decide()` over all facts, or over the member's own snapshot when it asks itself. */
export function createMemoryDecisions(world: World): Decisions {
  const { facts } = world
  const nameOf = (id: string): OrganizationName => ({ id, name: facts.organizations.get(id)?.name ?? '' })

  const reached = (member: Member, resource: Resource, action: Action): Decision =>
    decide(facts, { member: member.id, action, resource }, { now: world.now, version: 0 })

  return {
    async decideMany(checks, asker) {
      const at = { now: world.now, version: world.versionOf(asker.organization) }
      return checks.map(({ member, resource, action }) => {
        const reach = reachOf(facts, member, resource)
        const owner = facts.resource(resource)?.organization ?? null
        return decideOver(reach && reachToldTo(asker, reach, owner), action, at)
      })
    },

    async list(memberId, { type, action }, page) {
      const member = facts.members.get(memberId)
      if (member === undefined) return { items: [], nextCursor: null }
      const items = [...facts.parks.all(), ...facts.portfolios.all()].flatMap((found): ReachedResource[] => {
        const resource = { type: found.type, id: found.id }
        const decision = reached(member, resource, action ?? 'view')
        if (!decision.allowed || decision.role === null || (type !== undefined && type !== found.type))
          return []
        const { role, validUntil } = decision
        const paths = reachOf(facts, memberId, resource)?.paths ?? []
        return [
          {
            resource,
            name: found.name,
            externalId: found.externalId,
            owner: nameOf(found.organization),
            actions: decision.actions,
            role,
            paths: paths.map((path) =>
              path.via === 'share' ? { via: path.via, share: path.share.id, role } : { via: path.via, role },
            ),
            validUntil,
          },
        ]
      })
      return pageOf(items, page, ({ resource }) => resource.id)
    },

    async who(organization, resource, page) {
      const owner = facts.resource(resource)?.organization
      const isReceiver = facts
        .coveringIds(resource)
        .some((id) => facts.shares.by('resource', id).some(({ receiver }) => receiver === organization))
      if (owner !== organization && !isReceiver) return null
      const items = [...facts.members.all()].flatMap((member): ReachingMember[] => {
        if (owner !== organization && member.organization !== organization) return []
        const [decision] = actions
          .map((action) => reached(member, resource, action))
          .filter(({ allowed }) => allowed)
        if (decision === undefined || decision.role === null) return []
        const { id, name, externalId } = member
        const { role, validUntil } = decision
        const reaching = { member: { id, name, externalId }, organization: nameOf(member.organization) }
        return [{ ...reaching, actions: decision.actions, role, validUntil }]
      })
      return pageOf(items, page, ({ member }) => member.id)
    },

    async memberSnapshot(id) {
      const organization = facts.members.get(id)?.organization
      const version = organization === undefined ? 0 : world.versionOf(organization)
      return { version, facts: [...memberSnapshot(facts, id, world.now)] }
    },
  }
}
