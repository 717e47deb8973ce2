import type { Actor, Id } from '@drawbridge/core'
import type { Twin } from './twin.ts'

/** Three organizations with people, parks and portfolios, each cooperating with the next. */
export async function populate(twin: Twin): Promise<void> {
  const { facts } = twin.world
  for (const name of ['Helios', 'Borealis', 'Zephyr']) {
    const identifier = name.toLowerCase()
    await twin.perform(
      { type: 'organization.create', input: { name, identifier } },
      { kind: 'user', user: name, name },
    )
    const actor = adminOf(twin, identifier)
    const add = (user: string, role: 'admin' | 'member') =>
      twin.perform({ type: 'member.add', input: { user, name: user, role } }, actor)
    await add(`${name} second`, name === 'Zephyr' ? 'member' : 'admin')
    await add(`${name} third`, 'member')
    await twin.perform({ type: 'portfolio.create', input: { name: 'All' } }, actor)
    for (const park of ['North', 'South'])
      await twin.perform({ type: 'park.create', input: { name: park } }, actor)
    for (const { id: park } of facts.parks.by('organization', organizationOf(twin, identifier))) {
      for (const { id: portfolio } of facts.portfolios.by('organization', organizationOf(twin, identifier))) {
        await twin.perform({ type: 'portfolio.addPark', input: { portfolio, park } }, actor)
      }
    }
  }
  for (const [from, to] of [
    ['helios', 'borealis'],
    ['borealis', 'zephyr'],
    ['zephyr', 'helios'],
  ] as const) {
    await twin.perform({ type: 'cooperation.invite', input: { identifier: to } }, adminOf(twin, from))
    for (const { id, state } of facts.cooperations.by('organization', organizationOf(twin, to))) {
      const accept = { type: 'cooperation.accept', input: { cooperation: id } } as const
      if (state === 'pending') await twin.perform(accept, adminOf(twin, to))
    }
  }
}

function organizationOf({ world }: Twin, identifier: string): Id {
  return world.facts.organizations.by('identifier', identifier)[0]?.id ?? ''
}

function adminOf(twin: Twin, identifier: string): Actor {
  const organization = organizationOf(twin, identifier)
  const admin = twin.world.facts.members.by('organization', organization).find(({ role }) => role === 'admin')
  return { kind: 'member', organization, member: admin?.id ?? '' }
}
