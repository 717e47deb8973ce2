import type { Assignment, Cooperation, Decision, Delegation, Fact, Member } from '@drawbridge/core'
import type { Organization, Park, Portfolio, PortfolioEntry, Share } from '@drawbridge/core'
import { expectTypeOf, it } from 'vitest'
import type { z } from 'zod'
import type { decisionSchema } from './access.ts'
import type {
  assignmentFactSchema,
  cooperationFactSchema,
  delegationFactSchema,
  factSchema,
  memberFactSchema,
  organizationFactSchema,
  parkFactSchema,
  portfolioEntryFactSchema,
  portfolioFactSchema,
  shareFactSchema,
} from './facts.ts'

/** Without `readonly`, in which schemas and the core's types may differ. */
type Plain<T> = T extends object ? { -readonly [K in keyof T]: Plain<T[K]> } : T

it('has schemas that say exactly what the types of the core say', () => {
  expectTypeOf<z.output<typeof organizationFactSchema>>().toEqualTypeOf<Plain<Organization>>()
  expectTypeOf<z.output<typeof memberFactSchema>>().toEqualTypeOf<Plain<Member>>()
  expectTypeOf<z.output<typeof parkFactSchema>>().toEqualTypeOf<Plain<Park>>()
  expectTypeOf<z.output<typeof portfolioFactSchema>>().toEqualTypeOf<Plain<Portfolio>>()
  expectTypeOf<z.output<typeof portfolioEntryFactSchema>>().toEqualTypeOf<Plain<PortfolioEntry>>()
  expectTypeOf<z.output<typeof assignmentFactSchema>>().toEqualTypeOf<Plain<Assignment>>()
  expectTypeOf<z.output<typeof cooperationFactSchema>>().toEqualTypeOf<Plain<Cooperation>>()
  expectTypeOf<z.output<typeof shareFactSchema>>().toEqualTypeOf<Plain<Share>>()
  expectTypeOf<z.output<typeof delegationFactSchema>>().toEqualTypeOf<Plain<Delegation>>()
  expectTypeOf<z.output<typeof factSchema>['type']>().toEqualTypeOf<Fact['type']>()
  expectTypeOf<Plain<z.output<typeof decisionSchema>>>().toEqualTypeOf<Plain<Decision>>()
})
