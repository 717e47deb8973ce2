import type { TenantIds } from './tenants.ts'

/** The inputs with which one procedure is tried: `theirs` are another organization's ids, or ids that nothing has. */
export type TenantRow = (theirs: TenantIds, own: TenantIds) => readonly unknown[]

const namesNothing: TenantRow = () => [undefined]

const park = ({ park: id }: TenantIds) => ({ type: 'park', id })
const portfolio = ({ portfolio: id }: TenantIds) => ({ type: 'portfolio', id })

const anyMember =
  (rest: object): TenantRow =>
  (theirs) =>
    [theirs.member, theirs.admin, theirs.pausedMember].map((member) => ({ member, ...rest }))

const anyCooperation =
  (rest: object): TenantRow =>
  (theirs) =>
    [theirs.cooperation, theirs.pending].map((cooperation) => ({ cooperation, ...rest }))

const anyShare =
  (rest: object): TenantRow =>
  (theirs) =>
    [theirs.given, theirs.received].map((share) => ({ share, ...rest }))

const entry: TenantRow = (theirs, own) => [
  { portfolio: theirs.portfolio, park: theirs.park },
  { portfolio: own.portfolio, park: theirs.park },
  { portfolio: theirs.portfolio, park: own.park },
]

const assignment =
  (rest: object): TenantRow =>
  (theirs, own) => [
    { member: theirs.member, resource: park(theirs), ...rest },
    { member: own.member, resource: portfolio(theirs), ...rest },
    { member: theirs.pausedMember, resource: park(own), ...rest },
  ]

const delegation =
  (rest: object): TenantRow =>
  (theirs, own) => [
    { share: theirs.received, member: theirs.member, ...rest },
    { share: theirs.given, member: own.member, ...rest },
    { share: own.received, member: theirs.member, ...rest },
    { share: own.received, member: theirs.pausedMember, ...rest },
  ]

const newShare = (theirs: TenantIds, own: TenantIds) => [
  { cooperation: theirs.cooperation, resource: park(theirs), role: 'viewer' },
  { cooperation: own.cooperation, resource: portfolio(theirs), role: 'viewer' },
  { cooperation: theirs.cooperation, resource: portfolio(own), role: 'viewer' },
]

const questions = (theirs: TenantIds, own: TenantIds) => [
  { resource: park(theirs), action: 'view' },
  { resource: portfolio(theirs), action: 'operate' },
  { resource: park(theirs), action: 'view', member: theirs.member },
  { resource: park(theirs), action: 'view', member: theirs.admin },
  { resource: park(own), action: 'view', member: theirs.member },
  { resource: park(own), action: 'view', member: theirs.pausedMember },
  { resource: park(own), action: 'view', member: { externalId: theirs.externalId } },
]

/**
 * How every procedure is tried with ids of another organization. The order counts: the last rows change the
 * organization that asks.
 */
export const tenantRows: ReadonlyMap<string, TenantRow> = new Map<string, TenantRow>([
  ['me.get', namesNothing],
  ['organization.create', () => [{ name: 'Second' }]],
  ['organization.get', namesNothing],
  ['organization.update', () => [{ name: 'Renamed' }]],
  ['member.list', namesNothing],
  ['member.setRole', anyMember({ role: 'member' })],
  ['member.pause', anyMember({})],
  ['member.resume', anyMember({})],
  ['member.setExpiration', anyMember({ expiresAt: null })],
  ['member.remove', anyMember({})],
  ['member.leave', namesNothing],
  ['park.create', () => [{ name: 'West' }]],
  ['park.list', namesNothing],
  ['park.get', (theirs) => [{ park: theirs.park }, { park: theirs.portfolio }]],
  ['park.update', (theirs) => [{ park: theirs.park, name: 'Mine' }]],
  ['park.remove', (theirs) => [{ park: theirs.park }]],
  ['portfolio.create', () => [{ name: 'Some' }]],
  ['portfolio.list', namesNothing],
  ['portfolio.get', (theirs) => [{ portfolio: theirs.portfolio }, { portfolio: theirs.park }]],
  ['portfolio.update', (theirs) => [{ portfolio: theirs.portfolio, name: 'Mine' }]],
  ['portfolio.addPark', entry],
  ['portfolio.removePark', entry],
  ['portfolio.remove', (theirs) => [{ portfolio: theirs.portfolio }]],
  ['assignment.grant', assignment({ role: 'operator' })],
  ['assignment.revoke', assignment({})],
  [
    'assignment.list',
    (theirs) => [{}, { member: theirs.member }, { resource: park(theirs) }, { resource: portfolio(theirs) }],
  ],
  ['cooperation.list', (theirs) => [{}, { search: theirs.identifier }]],
  ['cooperation.get', anyCooperation({})],
  ['cooperation.accept', anyCooperation({})],
  ['cooperation.decline', anyCooperation({})],
  ['cooperation.cancel', anyCooperation({})],
  ['cooperation.pause', anyCooperation({})],
  ['cooperation.resume', anyCooperation({})],
  ['cooperation.setExpiration', anyCooperation({ expiresAt: null })],
  ['cooperation.remove', anyCooperation({})],
  ['cooperation.leave', anyCooperation({})],
  ['share.create', newShare],
  ['share.createMany', (theirs, own) => newShare(theirs, own).map((share) => ({ shares: [share, share] }))],
  ['share.setRole', anyShare({ role: 'viewer' })],
  ['share.setExpiration', anyShare({ expiresAt: null })],
  ['share.pause', (theirs, own) => [...anyShare({})(theirs, own), ...anyCooperation({})(theirs, own)]],
  ['share.resume', (theirs, own) => [...anyShare({})(theirs, own), ...anyCooperation({})(theirs, own)]],
  ['share.remove', anyShare({})],
  ['share.list', (theirs) => [{}, { cooperation: theirs.cooperation }, { cooperation: theirs.pending }]],
  ['delegation.grant', delegation({ role: 'viewer' })],
  [
    'delegation.grantMany',
    (theirs, own) => [
      { shares: [own.received, theirs.received], members: [own.member], role: 'viewer' },
      { shares: [own.received], members: [own.member, theirs.member], role: 'viewer' },
    ],
  ],
  ['delegation.revoke', delegation({})],
  ['delegation.list', (theirs) => [{}, { share: theirs.received }, { member: theirs.member }]],
  ['access.check', questions],
  ['access.checkMany', (theirs, own) => [{ checks: questions(theirs, own) }]],
  ['access.list', namesNothing],
  ['access.who', (theirs) => [{ resource: park(theirs) }, { resource: portfolio(theirs) }]],
  [
    'access.snapshot',
    (theirs) => [
      {},
      { member: theirs.member },
      { member: theirs.admin },
      { member: { externalId: theirs.externalId } },
    ],
  ],
  ['member.provision', (theirs) => [{ externalId: theirs.externalId, name: 'Kim' }]],
  ['organization.remove', namesNothing],
])

/** What an identifier that was handed out is for: whoever has it finds the name and can invite (I1). */
export const openProcedures: ReadonlySet<string> = new Set(['organization.find', 'cooperation.invite'])
