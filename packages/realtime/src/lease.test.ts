import { describe, expect, it } from 'vitest'
import { leaseTerms, type LeaseBasis } from './lease.ts'

const now = '2026-03-02T09:00:00.000Z'

function basis(changes: Partial<LeaseBasis> = {}): LeaseBasis {
  const moment = { monotonic: 5_000, wall: 50_000 }
  return { proof: { started: moment, now }, verified: moment, expiresAt: null, received: moment, ...changes }
}

function after(monotonic: number, wall = monotonic) {
  return { monotonic: 5_000 + monotonic, wall: 50_000 + wall }
}

describe('leaseTerms', () => {
  it('gives the full length on a read that started with the renewal or later', () => {
    expect(leaseTerms(12_000, basis())).toEqual({ leaseMs: 12_000, dbNow: now })
    expect(leaseTerms(12_000, basis({ received: after(-700) }))).toEqual({ leaseMs: 12_000, dbNow: now })
  })

  it('takes off the age of the read by the clock that says more', () => {
    const dbNow = '2026-03-02T09:00:04.000Z'
    expect(leaseTerms(12_000, basis({ received: after(4_000, 1_000) }))).toEqual({ leaseMs: 8_000, dbNow })
    expect(leaseTerms(12_000, basis({ received: after(1_000, 4_000) }))).toEqual({ leaseMs: 8_000, dbNow })
  })

  it('takes off the age of the last check of the credential', () => {
    expect(leaseTerms(12_000, basis({ verified: after(-3_000) }))).toMatchObject({ leaseMs: 9_000 })
  })

  it('never exceeds the credential', () => {
    const expiresAt = '2026-03-02T09:00:03.000Z'
    expect(leaseTerms(12_000, basis({ expiresAt, received: after(1_000) }))).toMatchObject({ leaseMs: 2_000 })
    expect(leaseTerms(12_000, basis({ expiresAt, received: after(3_000) }))).toBeNull()
  })

  it('gives nothing on a read that is too old', () => {
    expect(leaseTerms(12_000, basis({ received: after(12_000) }))).toBeNull()
  })
})
