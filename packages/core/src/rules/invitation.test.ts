import { describe, expect, it } from 'vitest'
import { unknownId } from '../testing/ids.ts'
import { createParty, subjectOf } from '../testing/party.ts'
import { refusalOf } from '../testing/refusal.ts'
import { toldIn } from '../testing/told.ts'
import { createWorld } from '../testing/world.ts'

function createStrangers() {
  const world = createWorld()
  const [helios, borealis, zephyr] = ['Helios', 'Borealis', 'Zephyr'].map((name) => createParty(world, name))
  if (helios === undefined || borealis === undefined || zephyr === undefined) throw new Error('no strangers')
  return { world, helios, borealis, zephyr }
}

describe('inviteOrganization', () => {
  it('C2: makes a pending cooperation, and tells both sides', () => {
    const { helios, borealis } = createStrangers()
    const invited = helios.run('cooperation.invite', { identifier: borealis.identifier })
    expect(subjectOf(invited, 'cooperation')).toMatchObject({
      initiator: helios.id,
      invitee: borealis.id,
      state: 'pending',
      pausedAt: null,
      expiresAt: null,
    })
    expect(toldIn(invited.told)).toEqual([helios.id, borealis.id])
  })

  it('C1: refuses a repeated and a crossed invitation, and points to the one that exists', () => {
    const { helios, borealis } = createStrangers()
    const { id: cooperation } = helios.invite(borealis)
    const refused = { code: 'COOPERATION_EXISTS', details: { cooperation } }
    expect(refusalOf(() => helios.invite(borealis))).toMatchObject(refused)
    expect(refusalOf(() => borealis.invite(helios))).toMatchObject(refused)
    borealis.run('cooperation.accept', { cooperation })
    helios.run('cooperation.setExpiration', { cooperation, expiresAt: '2026-03-02T10:00:00.000Z' })
    helios.run('cooperation.pause', { cooperation })
    expect(refusalOf(() => borealis.invite(helios))).toMatchObject(refused)
  })

  it('C1: allows a new one once the old one has ended', () => {
    const { helios, borealis } = createStrangers()
    const { id: cooperation } = helios.cooperate(borealis)
    borealis.run('cooperation.leave', { cooperation })
    expect(borealis.invite(helios)).toMatchObject({ initiator: borealis.id, state: 'pending' })
  })

  it('C1: refuses to invite oneself', () => {
    const { helios } = createStrangers()
    expect(refusalOf(() => helios.invite(helios)).code).toBe('SELF_COOPERATION')
  })

  it('O2: finds neither an unknown identifier nor a placeholder', () => {
    const { world, helios } = createStrangers()
    const placeholder = { id: world.newId(), name: 'someone@example.org', identifier: 'placeholder-1' }
    world.facts.put({ ...placeholder, type: 'organization', status: 'placeholder', timeZone: 'UTC' })
    const invite = (identifier: string) => () => helios.run('cooperation.invite', { identifier })
    expect(refusalOf(invite('placeholder-1')).code).toBe('NOT_FOUND')
    expect(refusalOf(invite('nobody')).code).toBe('NOT_FOUND')
  })

  it('C3: is for admins, and not for keys', () => {
    const { helios, borealis } = createStrangers()
    const input = { identifier: borealis.identifier }
    expect(refusalOf(() => helios.join('Member').run('cooperation.invite', input)).code).toBe('NOT_ADMIN')
    expect(refusalOf(() => helios.key()('cooperation.invite', input)).code).toBe('FORBIDDEN')
  })
})

describe('answering an invitation', () => {
  it('C2: activates the cooperation when any admin of the invitee accepts', () => {
    const { helios, borealis } = createStrangers()
    const { id: cooperation } = helios.invite(borealis)
    const accepted = borealis.join('Second', 'admin').run('cooperation.accept', { cooperation })
    expect(subjectOf(accepted, 'cooperation').state).toBe('active')
    expect(toldIn(accepted.told)).toEqual([helios.id, borealis.id])
    expect(accepted.outcome.cause).toMatchObject({ type: 'cooperation.accepted', by: borealis.id })
  })

  it.each(['cooperation.accept', 'cooperation.decline'] as const)(
    'C3: leaves %s to admins of the invitee',
    (type) => {
      const { helios, borealis, zephyr } = createStrangers()
      const input = { cooperation: helios.invite(borealis).id }
      expect(refusalOf(() => helios.run(type, input)).code).toBe('INVALID_INPUT')
      expect(refusalOf(() => zephyr.run(type, input)).code).toBe('NOT_FOUND')
      expect(refusalOf(() => borealis.join('Member').run(type, input)).code).toBe('NOT_ADMIN')
      expect(refusalOf(() => borealis.key()(type, input)).code).toBe('FORBIDDEN')
    },
  )

  it('C4: leaves taking an invitation back to the initiator', () => {
    const { helios, borealis } = createStrangers()
    const input = { cooperation: helios.invite(borealis).id }
    expect(refusalOf(() => borealis.run('cooperation.cancel', input)).code).toBe('INITIATOR_ONLY')
    expect(helios.key()('cooperation.cancel', input).act).not.toBeNull()
  })

  it('C8: ends the pending cooperation when it is declined or cancelled', () => {
    const { world, helios, borealis } = createStrangers()
    borealis.run('cooperation.decline', { cooperation: helios.invite(borealis).id })
    helios.run('cooperation.cancel', { cooperation: helios.invite(borealis).id })
    expect(world.facts.cooperations.size).toBe(0)
    expect(world.changesOf(borealis.id).map(({ cause }) => cause.type)).toEqual([
      'organization.created',
      'cooperation.invited',
      'cooperation.declined',
      'cooperation.invited',
      'cooperation.cancelled',
    ])
  })

  it('C9: lets accepting twice stand as it is', () => {
    const { helios, borealis } = createStrangers()
    const { id: cooperation } = helios.cooperate(borealis)
    expect(borealis.run('cooperation.accept', { cooperation }).act).toBeNull()
  })

  it('C9: tells whoever comes too late how it came out', () => {
    const { helios, borealis } = createStrangers()
    const accepted = { cooperation: helios.cooperate(borealis).id }
    expect(refusalOf(() => borealis.run('cooperation.decline', accepted)).code).toBe('INVITATION_INVALID')
    expect(refusalOf(() => helios.run('cooperation.cancel', accepted)).code).toBe('INVITATION_INVALID')
    helios.run('cooperation.remove', accepted)
    const cancelled = { cooperation: helios.invite(borealis).id }
    helios.run('cooperation.cancel', cancelled)
    expect(refusalOf(() => borealis.run('cooperation.accept', cancelled)).code).toBe('NOT_FOUND')
  })

  it('A4: answers for what is not yours as for what is not there', () => {
    const { helios, borealis, zephyr } = createStrangers()
    const { id: cooperation } = helios.invite(borealis)
    const foreign = refusalOf(() => zephyr.run('cooperation.cancel', { cooperation }))
    const missing = refusalOf(() => zephyr.run('cooperation.cancel', { cooperation: unknownId }))
    expect([foreign.code, foreign.message, foreign.details]).toEqual([
      missing.code,
      missing.message,
      missing.details,
    ])
  })
})
