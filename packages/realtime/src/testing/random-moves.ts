import { isDrawbridgeError, type FactSet, type OrganizationId, type Resource } from '@drawbridge/core'
import { createParty, type Party, type World } from '@drawbridge/core/testing'
import fc from 'fast-check'

/** A world of three organizations in a row of cooperations, with resources, shares and delegations to begin with. */
export function createParties(world: World): readonly Party[] {
  const parties = ['Helios', 'Boreas', 'Eurus'].map((name) => createParty(world, name))
  for (const party of parties) {
    party.portfolio(party.park(), party.park())
    party.join('Colleague')
    party.join('Second', 'admin')
  }
  const [helios, boreas, eurus] = parties
  if (helios && boreas) helios.cooperate(boreas)
  if (boreas && eurus) boreas.cooperate(eurus)
  return parties
}

/** Numbers for a row of moves, nine for each. */
export function arbitraryRows(constraints: { readonly minLength: number; readonly maxLength: number }) {
  return fc.noBias(
    fc.array(fc.array(fc.nat(9_973), { minLength: 9, maxLength: 9 }), { ...constraints, size: 'max' }),
  )
}

/** Makes a move that the numbers choose; one that is refused changes nothing. */
export function makeMove(world: World, parties: readonly Party[], numbers: readonly number[]): void {
  let next = 0
  const pick: Pick = (items) => {
    const all = [...items]
    next += 1
    return all[(numbers[next] ?? 0) % all.length]
  }
  const as = (id: OrganizationId | undefined) => parties.find((party) => party.id === id) ?? pick(parties)
  try {
    moves[(numbers[0] ?? 0) % moves.length]?.(world.facts, pick, as)
  } catch (error) {
    if (!isDrawbridgeError(error)) throw error
  }
}

/** Picks one of some, if there are any. */
type Pick = <T>(items: Iterable<T>) => T | undefined
type Move = (facts: FactSet, pick: Pick, as: (id: OrganizationId | undefined) => Party | undefined) => unknown

const pauseCooperation: Move = (facts, pick, as) => {
  const { id: cooperation = '', initiator } = pick(facts.cooperations.all()) ?? {}
  const type = pick(['cooperation.pause', 'cooperation.resume'] as const) ?? 'cooperation.pause'
  as(initiator)?.run(type, { cooperation })
}

const createShare: Move = (facts, pick, as) => {
  const { id: cooperation = '', initiator, invitee } = pick(facts.cooperations.all()) ?? {}
  const owner = pick([initiator, invitee])
  as(owner)?.run('share.create', {
    cooperation,
    resource: ownResource(facts, pick, owner),
    role: pickRole(pick),
  })
}

const changeShare: Move = (facts, pick, as) => {
  const { id: share = '', owner } = pick(facts.shares.all()) ?? {}
  const type = pick(['share.setRole', 'share.pause', 'share.resume', 'share.remove'] as const)
  if (type === 'share.setRole') as(owner)?.run(type, { share, role: pickRole(pick) })
  else if (type !== undefined) as(owner)?.run(type, { share })
}

const delegate: Move = (facts, pick, as) => {
  const { id: share = '', receiver = '', role = 'viewer' } = pick(facts.shares.all()) ?? {}
  const member = pick(facts.members.by('organization', receiver))?.id ?? ''
  as(receiver)?.run('delegation.grant', { share, member, role })
}

const revoke: Move = (facts, pick, as) => {
  const { share = '', member = '', organization } = pick(facts.delegations.all()) ?? {}
  as(organization)?.run('delegation.revoke', { share, member })
}

const assign: Move = (facts, pick, as) => {
  const { id: member = '', organization } = pick(facts.members.all()) ?? {}
  const resource = ownResource(facts, pick, organization)
  as(organization)?.run('assignment.grant', { member, resource, role: pickRole(pick) })
}

const unassign: Move = (facts, pick, as) => {
  const {
    member = '',
    resource = { type: 'park', id: '' } as const,
    organization,
  } = pick(facts.assignments.all()) ?? {}
  as(organization)?.run('assignment.revoke', { member, resource })
}

const addPark: Move = (facts, pick, as) => {
  const { id: portfolio = '', organization = '' } = pick(facts.portfolios.all()) ?? {}
  const park = pick(facts.parks.by('organization', organization))?.id ?? ''
  as(organization)?.run('portfolio.addPark', { portfolio, park })
}

const removePark: Move = (facts, pick, as) => {
  const { portfolio = '', park = '', organization } = pick(facts.entries.all()) ?? {}
  as(organization)?.run('portfolio.removePark', { portfolio, park })
}

const renamePark: Move = (facts, pick, as) => {
  const { id: park = '', organization } = pick(facts.parks.all()) ?? {}
  as(organization)?.run('park.update', { park, name: `Name ${pick([1, 2, 3])}` })
}

const changeMember: Move = (facts, pick, as) => {
  const { id: member = '', organization, role } = pick(facts.members.all()) ?? {}
  const party = as(organization)
  const what = pick(['pause', 'resume', 'role', 'expiration'])
  if (what === 'pause') party?.run('member.pause', { member })
  if (what === 'resume') party?.run('member.resume', { member })
  if (what === 'role') party?.run('member.setRole', { member, role: role === 'admin' ? 'member' : 'admin' })
  if (what === 'expiration') {
    party?.run('member.setExpiration', {
      member,
      expiresAt: pick([null, '2030-01-01T00:00:00.000Z']) ?? null,
    })
  }
}

/** Rare, because they take most of a world with them. */
const endSomething: Move = (facts, pick, as) => {
  const park = pick(facts.parks.all())
  const portfolio = pick(facts.portfolios.all())
  const cooperation = pick(facts.cooperations.all())
  const member = pick(facts.members.all())
  const what = pick(['park', 'portfolio', 'cooperation', 'member'])
  if (what === 'park' && park) as(park.organization)?.run('park.remove', { park: park.id })
  if (what === 'portfolio' && portfolio) {
    as(portfolio.organization)?.run('portfolio.remove', { portfolio: portfolio.id })
  }
  if (what === 'cooperation' && cooperation) {
    as(cooperation.initiator)?.run('cooperation.remove', { cooperation: cooperation.id })
  }
  if (what === 'member' && member) as(member.organization)?.run('member.remove', { member: member.id })
}

const beginSomething: Move = (facts, pick, as) => {
  const party = as(undefined)
  const what = pick(['park', 'portfolio', 'cooperation', 'member', 'name'])
  if (what === 'park') party?.park()
  if (what === 'portfolio') party?.portfolio()
  if (what === 'cooperation') {
    const pending = [...facts.cooperations.all()].find(({ state }) => state === 'pending')
    const identifier = pick(facts.organizations.all())?.identifier ?? ''
    if (pending === undefined) party?.run('cooperation.invite', { identifier })
    else as(pending.invitee)?.run('cooperation.accept', { cooperation: pending.id })
  }
  if (what === 'member') party?.join('New', pick(['admin', 'member'] as const))
  if (what === 'name') party?.run('organization.update', { name: `Name ${pick([1, 2, 3])}` })
}

/** A move that stands here more often is made more often. */
const moves: readonly Move[] = [
  [pauseCooperation, createShare, createShare, createShare, changeShare, changeShare],
  [delegate, delegate, delegate, delegate, revoke, assign, assign, unassign],
  [addPark, addPark, removePark, renamePark, renamePark, changeMember, changeMember],
  [endSomething, beginSomething],
].flat()

function ownResource(facts: FactSet, pick: Pick, id = ''): Resource {
  const own = [...facts.parks.by('organization', id), ...facts.portfolios.by('organization', id)]
  const found = pick(own)
  return { type: found?.type ?? 'park', id: found?.id ?? '' }
}

function pickRole(pick: Pick): 'viewer' | 'technical-manager' {
  return pick(['viewer', 'technical-manager'] as const) ?? 'viewer'
}
