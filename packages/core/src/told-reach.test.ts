import { describe, expect, it } from 'vitest'
import { decideOver } from './decide.ts'
import { reachOf } from './paths.ts'
import { createParty, type Person } from './testing/party.ts'
import { createScene } from './testing/scene.ts'
import { reachToldTo } from './told-reach.ts'

function createQuestions() {
  const scene = createScene()
  const stranger = createParty(scene.world, 'Zephyr')
  const reasonFor = (organization: string, person: Person, { isSelf = false } = {}) => {
    const { facts, now } = scene.world
    const reach = reachOf(facts, person.id, scene.park)
    const told = reach && reachToldTo({ organization, isSelf }, reach, scene.owner.id)
    return decideOver(told, 'view', { now, version: 1 }).reason
  }
  return { ...scene, stranger, reasonFor }
}

describe('reachToldTo', () => {
  it('A4: tells a member nothing of a share that was not delegated, but tells its organization', () => {
    const { receiver, outsider, technician, reasonFor } = createQuestions()
    expect(reasonFor(receiver.id, outsider, { isSelf: true })).toBe('no_path')
    expect(reasonFor(receiver.id, outsider)).toBe('not_delegated')
    expect(reasonFor(receiver.id, technician, { isSelf: true })).toBe('allowed')
    expect(reasonFor(receiver.id, receiver.admin, { isSelf: true })).toBe('allowed')
  })

  it('A4: tells the owner who of another organization reaches its resource, and of nobody else', () => {
    const { owner, receiver, outsider, technician, reasonFor } = createQuestions()
    expect(reasonFor(owner.id, technician)).toBe('allowed')
    receiver.run('member.pause', { member: technician.id })
    receiver.run('member.pause', { member: outsider.id })
    expect(reasonFor(owner.id, technician)).toBe('membership_paused')
    expect(reasonFor(owner.id, outsider)).toBe('no_path')
  })

  it('A4: tells a third organization nothing', () => {
    const { owner, receiver, technician, operator, stranger, reasonFor } = createQuestions()
    expect(reasonFor(stranger.id, technician)).toBe('no_path')
    expect(reasonFor(stranger.id, operator)).toBe('no_path')
    expect(reasonFor(receiver.id, operator)).toBe('no_path')
    expect(reasonFor(owner.id, operator)).toBe('allowed')
  })
})
