import { describe, expect, it } from 'vitest'
import { unknownId } from '../testing/ids.ts'
import { toldIn } from '../testing/told.ts'
import { refusalOf } from '../testing/refusal.ts'
import { createScene } from '../testing/scene.ts'

describe('parks', () => {
  it('are created with what is known of them, and told to nobody else', () => {
    const { owner } = createScene()
    expect(owner.park('Bare')).toMatchObject({ kind: 'solar', peakPowerKw: null, location: null })
    const { told } = owner.run('park.create', { name: 'North', kind: 'wind', peakPowerKw: 4_200 })
    expect(toldIn(told)).toEqual([owner.id])
  })

  it('S5: show a new name on both sides immediately, as nothing is copied', () => {
    const { world, owner, receiver, park } = createScene()
    owner.run('park.update', { park: park.id, name: 'Sonnenfeld II', location: null })
    const renamed = { put: { ...park, name: 'Sonnenfeld II' } }
    expect(world.changesOf(owner.id).at(-1)?.facts).toEqual([renamed])
    expect(world.changesOf(receiver.id).at(-1)?.facts).toEqual([renamed])
  })

  it('V2: are not told to a partner who does not receive them', () => {
    const { owner } = createScene()
    const { id: park } = owner.park('Private')
    expect(owner.run('park.update', { park, name: 'Still private' }).told).toHaveLength(1)
    expect(owner.run('park.remove', { park }).told).toHaveLength(1)
  })

  it('S6: end their shares, delegations, assignments and places in portfolios when removed', () => {
    const { world, owner, park, technician, operator, actionsOf } = createScene()
    owner.run('park.remove', { park: park.id })
    const { entries, shares, delegations, assignments } = world.facts
    for (const table of [entries, shares, delegations, assignments]) expect(table.size).toBe(0)
    expect(actionsOf(technician)).toEqual([])
    expect(actionsOf(operator)).toEqual([])
  })

  it('S3: are changed by their owner alone', () => {
    const { owner, receiver, park } = createScene()
    const { id: hidden } = owner.park('Hidden')
    const change = (id: string) => () => receiver.run('park.update', { park: id, name: 'Mine' })
    expect(refusalOf(change(park.id)).code).toBe('NOT_OWNER')
    expect(refusalOf(change(hidden)).code).toBe('NOT_FOUND')
    expect(refusalOf(change(unknownId)).message).toBe(refusalOf(change(hidden)).message)
  })

  it('change nothing when they are as they should be', () => {
    const { owner, park } = createScene()
    expect(owner.run('park.update', { park: park.id, name: park.name, kind: park.kind }).act).toBeNull()
    expect(owner.run('park.update', { park: park.id }).act).toBeNull()
  })
})
