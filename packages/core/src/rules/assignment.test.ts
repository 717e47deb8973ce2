import { describe, expect, it } from 'vitest'
import { unknownId } from '../testing/ids.ts'
import { refTo } from '../testing/party.ts'
import { refusalOf } from '../testing/refusal.ts'
import { createScene } from '../testing/scene.ts'

describe('assignments', () => {
  it('O7: give a member exactly the role assigned, and the latest one', () => {
    const { owner, operator, park, actionsOf, world } = createScene()
    owner.assign(operator, park, 'viewer')
    expect(actionsOf(operator)).toEqual(['view'])
    expect(world.facts.assignments.size).toBe(1)
    expect(owner.assign(operator, park, 'viewer').act).toBeNull()
  })

  it('O7: end when revoked; revoking again changes nothing', () => {
    const { owner, operator, park, actionsOf } = createScene()
    const input = { member: operator.id, resource: refTo(park) }
    expect(owner.run('assignment.revoke', input).told).toHaveLength(1)
    expect(actionsOf(operator)).toEqual([])
    expect(owner.run('assignment.revoke', input).act).toBeNull()
  })

  it('O7: are for own members on own resources', () => {
    const { owner, receiver, technician, operator, park } = createScene()
    const input = { member: technician.id, resource: refTo(park), role: 'viewer' } as const
    expect(refusalOf(() => owner.run('assignment.grant', input)).code).toBe('NOT_FOUND')
    expect(refusalOf(() => receiver.run('assignment.grant', input)).code).toBe('NOT_OWNER')
    expect(refusalOf(() => receiver.run('assignment.revoke', input)).code).toBe('NOT_OWNER')
    const unknown = { ...input, member: operator.id, resource: { type: 'park', id: unknownId } } as const
    expect(refusalOf(() => owner.run('assignment.grant', unknown)).code).toBe('NOT_FOUND')
  })
})
