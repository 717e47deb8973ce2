import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decide } from './decide.ts'
import { FactSet } from './fact-set.ts'
import type { Fact } from './facts.ts'
import { commandTypes } from './rules/rules.ts'
import { createTally, playHistory, type Tally } from './testing/history.ts'
import { product, type Subject } from './testing/subject.ts'

// Without bias: small numbers are no more interesting than others, as they only choose among what stands.
const step = fc.array(fc.nat(9_999), { minLength: 12, maxLength: 12 })
const history = fc.noBias(fc.array(step, { minLength: 1, maxLength: 100, size: 'max' }))

declare global {
  interface ImportMeta {
    readonly env: { readonly [name: string]: string | undefined }
  }
}

const runs = Number(import.meta.env['MODEL_RUNS'] ?? 40)

describe('random histories', () => {
  it('keep every rule after every command', { timeout: 60_000 + runs * 1_000 }, () => {
    const details = fc.check(historyOf({}), { numRuns: runs, includeErrorInReport: true })
    expect(fc.defaultReportMessage(details)).toBeUndefined()
  })

  it('reach every command and every refusal of the rules', { timeout: 60_000 }, () => {
    const tally = createTally()
    fc.assert(historyOf({ tally, subject: null }), { numRuns: 120, seed: 2026 })
    expect(commandTypes.filter((type) => !tally.succeeded.has(type))).toEqual([])
    expect([...tally.refused.keys()].toSorted()).toEqual(refusals)
  })

  it.each<[string, Subject]>([
    [
      'a pause of the cooperation (C5)',
      mutate((fact) => (fact.type === 'cooperation' ? unpause(fact) : fact)),
    ],
    ['a pause of a share (S8)', mutate((fact) => (fact.type === 'share' ? unpause(fact) : fact))],
    ['a pause of a membership (O4)', mutate((fact) => (fact.type === 'member' ? unpause(fact) : fact))],
    ['what was delegated below the ceiling (D2)', mutate(raiseDelegation)],
    ['the last millisecond of access (C7)', { ...product, decide: decideTooLate }],
    ['dropped facts (V2)', { ...product, apply: (replica, { facts }) => replica.apply(facts.filter(isPut)) }],
  ])('find out a product that ignores %s', { timeout: 60_000 }, (_, subject) => {
    expect(fc.check(historyOf({ subject }), { numRuns: 100, seed: 2026, endOnFailure: true }).failed).toBe(
      true,
    )
  })
})

function historyOf(options: { subject?: Subject | null; tally?: Tally }) {
  return fc.property(history, (steps) => playHistory(steps, options))
}

const refusals = [
  'ALREADY_IN_ORGANIZATION',
  'COOPERATION_EXISTS',
  'COOPERATION_EXPIRED',
  'COOPERATION_PENDING',
  'EXPIRATION_IN_PAST',
  'FORBIDDEN',
  'INITIATOR_ONLY',
  'INVALID_INPUT',
  'INVITATION_INVALID',
  'LAST_ADMIN',
  'MEMBERSHIP_EXPIRED',
  'MEMBERSHIP_PAUSED',
  'NOT_ADMIN',
  'NOT_FOUND',
  'NOT_OWNER',
  'ROLE_ABOVE_CEILING',
  'ROLE_NOT_SHAREABLE',
  'SELF_COOPERATION',
  'SHARE_EXISTS',
]

/** A product that decides over facts which it changes first. */
function mutate(change: (fact: Fact) => Fact): Subject {
  return {
    ...product,
    decide: (facts, question, at) => decide(new FactSet([...facts.all()].map(change)), question, at),
  }
}

function unpause<F extends { readonly pausedAt: string | null }>(fact: F): F {
  return { ...fact, pausedAt: null }
}

function raiseDelegation(fact: Fact): Fact {
  return fact.type === 'delegation' ? { ...fact, role: 'technical-manager' } : fact
}

function decideTooLate(...[facts, question, at]: Parameters<typeof decide>): ReturnType<typeof decide> {
  return decide(facts, question, { ...at, now: new Date(Date.parse(at.now) - 1).toISOString() })
}

function isPut(change: object): boolean {
  return 'put' in change
}
