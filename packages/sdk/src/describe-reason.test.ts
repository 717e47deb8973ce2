import { expect, it } from 'vitest'
import { describeReason } from './describe-reason.ts'

const pause = {
  reason: 'cooperation_paused',
  by: { organization: 'helios', name: 'Helios Energy' },
  since: '2026-03-03T09:00:00.000Z',
} as const

it('says who closed the way, and since when', () => {
  expect(describeReason(pause)).toMatch(/^Helios Energy has paused the cooperation since March 3, 2026/)
  expect(describeReason(pause, 'de')).toMatch(
    /^Helios Energy hat die Kooperation pausiert \(seit 3\. März 2026/,
  )
})

it('says what it can when nobody is named', () => {
  expect(describeReason({ reason: 'share_paused' })).toBe('The other organization has paused the share.')
  expect(describeReason({ reason: 'stale' }, 'de')).toContain('unterbrochen')
})
