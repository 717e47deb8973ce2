import { describe, expect, it } from 'vitest'
import {
  actions,
  actionsOf,
  commonActions,
  contains,
  isRole,
  isShareable,
  largestRoleWithin,
  roles,
  shareableRoles,
} from './roles.ts'

describe('roles', () => {
  it('say what each may do', () => {
    expect(actionsOf('viewer')).toEqual(['view'])
    expect(actionsOf('technical-manager')).toEqual(['view', 'maintain'])
    expect(actionsOf('operator')).toEqual(['view', 'maintain', 'operate'])
    expect(actions).toEqual(['view', 'maintain', 'operate'])
  })

  it('are compared by the actions they contain', () => {
    expect(contains('operator', 'technical-manager')).toBe(true)
    expect(contains('viewer', 'technical-manager')).toBe(false)
    expect(roles.every((role) => contains(role, role))).toBe(true)
    expect(commonActions('operator', 'technical-manager')).toEqual(['view', 'maintain'])
    expect(commonActions('viewer', 'operator')).toEqual(['view'])
  })

  it('A3: are found as the largest within actions', () => {
    expect(largestRoleWithin(['view', 'maintain'])).toBe('technical-manager')
    expect(largestRoleWithin(['view', 'operate'])).toBe('viewer')
    expect(largestRoleWithin(['maintain'])).toBeNull()
    expect(largestRoleWithin([])).toBeNull()
  })

  it('S2: never let operator cross', () => {
    expect(shareableRoles).toEqual(['viewer', 'technical-manager'])
    expect(isShareable('operator')).toBe(false)
  })

  it('are known by their own names alone', () => {
    expect(roles.every(isRole)).toBe(true)
    expect(['toString', '__proto__', 'Viewer', ''].some(isRole)).toBe(false)
  })
})
