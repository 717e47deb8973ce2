import type { FactOf, FactType } from '@drawbridge/core'
import { AssignmentEntity, toAssignment, toAssignmentRow } from './assignment.ts'
import { CooperationEntity, toCooperation, toCooperationRow } from './cooperation.ts'
import { DelegationEntity, toDelegation, toDelegationRow } from './delegation.ts'
import { MemberEntity, toMember, toMemberRow } from './member.ts'
import { OrganizationEntity, toOrganization, toOrganizationRow } from './organization.ts'
import { ParkEntity, toPark, toParkRow } from './park.ts'
import { PortfolioEntryEntity, toPortfolioEntry, toPortfolioEntryRow } from './portfolio-entry.ts'
import { PortfolioEntity, toPortfolio, toPortfolioRow } from './portfolio.ts'
import { ShareEntity, toShare, toShareRow } from './share.ts'
import { createStored } from './stored.ts'

/** Every type of fact with its table; in this order each points only at earlier ones. */
export const storedFacts = {
  organization: createStored<'organization', InstanceType<typeof OrganizationEntity>>(
    'organization',
    OrganizationEntity,
    {
      toFact: toOrganization,
      toRow: toOrganizationRow,
    },
  ),
  member: createStored<'member', InstanceType<typeof MemberEntity>>('member', MemberEntity, {
    toFact: toMember,
    toRow: toMemberRow,
  }),
  park: createStored<'park', InstanceType<typeof ParkEntity>>('park', ParkEntity, {
    toFact: toPark,
    toRow: toParkRow,
  }),
  portfolio: createStored<'portfolio', InstanceType<typeof PortfolioEntity>>('portfolio', PortfolioEntity, {
    toFact: toPortfolio,
    toRow: toPortfolioRow,
  }),
  portfolioEntry: createStored<'portfolioEntry', InstanceType<typeof PortfolioEntryEntity>>(
    'portfolioEntry',
    PortfolioEntryEntity,
    { toFact: toPortfolioEntry, toRow: toPortfolioEntryRow },
  ),
  assignment: createStored<'assignment', InstanceType<typeof AssignmentEntity>>(
    'assignment',
    AssignmentEntity,
    {
      toFact: toAssignment,
      toRow: toAssignmentRow,
    },
  ),
  cooperation: createStored<'cooperation', InstanceType<typeof CooperationEntity>>(
    'cooperation',
    CooperationEntity,
    {
      toFact: toCooperation,
      toRow: toCooperationRow,
    },
  ),
  share: createStored<'share', InstanceType<typeof ShareEntity>>('share', ShareEntity, {
    toFact: toShare,
    toRow: toShareRow,
  }),
  delegation: createStored<'delegation', InstanceType<typeof DelegationEntity>>(
    'delegation',
    DelegationEntity,
    {
      toFact: toDelegation,
      toRow: toDelegationRow,
    },
  ),
} satisfies { readonly [T in FactType]: { toFact(row: never): FactOf<T> } }
