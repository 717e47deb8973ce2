import { describe, expect, it } from 'vitest'
import { createParty, subjectOf } from '../testing/party.ts'
import { toldIn } from '../testing/told.ts'
import { refusalOf } from '../testing/refusal.ts'
import { createScene } from '../testing/scene.ts'
import { createWorld } from '../testing/world.ts'

describe('createOrganization', () => {
  it('O1: makes whoever creates an organization its first admin', () => {
    const world = createWorld()
    const run = world.as({ kind: 'user', user: world.newId(), name: 'Ada' })
    const created = run('organization.create', { name: 'Helios', identifier: 'helios-1' })
    expect(subjectOf(created, 'organization')).toMatchObject({ status: 'registered', timeZone: 'UTC' })
    expect(subjectOf(created, 'member')).toMatchObject({ name: 'Ada', role: 'admin', expiresAt: null })
    expect(created.told).toHaveLength(1)
  })

  it('O1: refuses a user who belongs to an organization, and anyone who acts for one', () => {
    const world = createWorld()
    const user = world.newId()
    const run = world.as({ kind: 'user', user, name: 'Ada' })
    const input = { name: 'Helios', identifier: 'helios-1' }
    const organization = subjectOf(run('organization.create', input), 'organization')
    const key = world.as({ kind: 'key', organization: organization.id, key: world.newId() })
    expect(refusalOf(() => run('organization.create', input)).code).toBe('ALREADY_IN_ORGANIZATION')
    expect(refusalOf(() => key('organization.create', input)).code).toBe('ALREADY_IN_ORGANIZATION')
  })

  it('C7: takes a time zone that dates can end in', () => {
    const world = createWorld()
    const refusal = refusalOf(() => createParty(world, 'Helios', 'Mars/Olympus'))
    expect(refusal).toMatchObject({ code: 'INVALID_INPUT', details: { field: 'timeZone' } })
    expect([...world.facts.all()]).toEqual([])
  })
})

describe('updateOrganization', () => {
  it('V2: tells the partners of a new name, and nobody else', () => {
    const { world, owner, receiver } = createScene()
    createParty(world, 'Zephyr')
    const { told } = owner.run('organization.update', { name: 'Helios Energy' })
    expect(toldIn(told)).toEqual([owner.id, receiver.id])
  })

  it('changes nothing when the name is what it was', () => {
    const { owner } = createScene()
    expect(owner.run('organization.update', { name: 'Helios' }).act).toBeNull()
  })

  it('refuses a time zone that there is not', () => {
    const { owner } = createScene()
    const refusal = refusalOf(() => owner.run('organization.update', { timeZone: 'Berlin' }))
    expect(refusal).toMatchObject({ code: 'INVALID_INPUT', details: { field: 'timeZone' } })
  })

  it('O3: is for admins alone', () => {
    const { operator, world } = createScene()
    const passerBy = world.as({ kind: 'user', user: world.newId(), name: 'Passer-by' })
    expect(refusalOf(() => operator.run('organization.update', { name: 'Mine' })).code).toBe('NOT_ADMIN')
    expect(refusalOf(() => passerBy('organization.update', { name: 'Mine' })).code).toBe('NOT_ADMIN')
  })
})

describe('removeOrganization', () => {
  it('O8: ends its cooperations, shares, memberships and resources in one act, and tells the other side', () => {
    const { world, owner, receiver, technician, reasonOf } = createScene()
    owner.share(owner.cooperate(createParty(world, 'Zephyr')), owner.park(), 'viewer')
    const { told } = owner.run('organization.remove', {})
    expect(told).toHaveLength(3)
    expect([...world.facts.organizations.all()].map(({ name }) => name)).toEqual(['Borealis', 'Zephyr'])
    expect([...world.facts.members.all()].every(({ organization }) => organization !== owner.id)).toBe(true)
    const { parks, portfolios, entries, assignments, cooperations, shares, delegations } = world.facts
    for (const table of [parks, portfolios, entries, assignments, cooperations, shares, delegations]) {
      expect([...table.all()]).toEqual([])
    }
    expect(reasonOf(technician)).toBe('no_path')
    expect(world.changesOf(receiver.id).at(-1)?.cause).toEqual({ type: 'organization.removed', by: owner.id })
  })

  it('C3: is not for keys', () => {
    const { owner } = createScene()
    expect(refusalOf(() => owner.key()('organization.remove', {})).code).toBe('FORBIDDEN')
  })

  it('C2: answers whoever still acts for it that it is not found', () => {
    const { owner } = createScene()
    const key = owner.key()
    owner.run('organization.remove', {})
    expect(refusalOf(() => key('park.create', { name: 'Late' })).code).toBe('NOT_FOUND')
    expect(refusalOf(() => owner.run('park.create', { name: 'Late' })).code).toBe('NOT_FOUND')
  })
})
