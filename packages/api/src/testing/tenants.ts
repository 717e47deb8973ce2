import {
  cooperationActSchema,
  delegationActSchema,
  memberActSchema,
  organizationCreatedSchema,
  parkActSchema,
  portfolioActSchema,
  shareActSchema,
} from '@drawbridge/protocol'
import { randomUUID } from 'node:crypto'
import { answerOf, createCaller, type TestCaller } from './caller.ts'
import type { ApiEnvironment } from './environment.ts'

/** The ids of what one organization has. */
export interface TenantIds {
  readonly organization: string
  readonly identifier: string
  readonly admin: string
  readonly member: string
  readonly externalId: string
  readonly pausedMember: string
  readonly park: string
  readonly portfolio: string
  readonly cooperation: string
  readonly pending: string
  readonly given: string
  readonly received: string
}

/** An organization with its admin's calls. */
export interface Tenant {
  readonly call: TestCaller
  readonly organization: string
  readonly identifier: string
  readonly admin: string
}

/** Creates an organization through the API. */
export async function createTenant(environment: ApiEnvironment, name: string): Promise<Tenant> {
  const call = createCaller(environment, await environment.signUp(`${name} Admin`))
  const created = await answerOf(call('organization.create', { name }), organizationCreatedSchema)
  const { organization, member } = created
  if (organization.identifier === null) throw new Error('a registered organization has an identifier')
  return { call, organization: organization.id, identifier: organization.identifier, admin: member.id }
}

/** Gives an organization one of everything: shared both ways with a partner, and invited to another. */
export async function furnishTenant(
  { call, ...tenant }: Tenant,
  { partner, invited }: { readonly partner: Tenant; readonly invited: Tenant },
): Promise<TenantIds> {
  const externalId = `person-${randomUUID()}`
  const { member } = await answerOf(call('member.provision', { externalId, name: 'Kim' }), memberActSchema)
  const other = { externalId: `person-${randomUUID()}`, name: 'Robin' }
  const { member: paused } = await answerOf(call('member.provision', other), memberActSchema)
  await answerOf(call('member.pause', { member: paused.id }), memberActSchema)

  const { park } = await answerOf(call('park.create', { name: 'North' }), parkActSchema)
  const { portfolio } = await answerOf(call('portfolio.create', { name: 'All' }), portfolioActSchema)
  const entry = { portfolio: portfolio.id, park: park.id }
  await answerOf(call('portfolio.addPark', entry), portfolioActSchema)

  const invite = async (identifier: string) => {
    const { cooperation } = await answerOf(call('cooperation.invite', { identifier }), cooperationActSchema)
    return cooperation.id
  }
  const cooperation = await invite(partner.identifier)
  await answerOf(partner.call('cooperation.accept', { cooperation }), cooperationActSchema)
  const pending = await invite(invited.identifier)

  const given = await shareNew(call, cooperation, park.id)
  const { park: theirs } = await answerOf(partner.call('park.create', { name: 'South' }), parkActSchema)
  const received = await shareNew(partner.call, cooperation, theirs.id)
  const grant = { share: received, member: member.id, role: 'viewer' }
  await answerOf(call('delegation.grant', grant), delegationActSchema)

  const { organization, identifier, admin } = tenant
  return {
    organization,
    identifier,
    admin,
    member: member.id,
    externalId,
    pausedMember: paused.id,
    park: park.id,
    portfolio: portfolio.id,
    cooperation,
    pending,
    given,
    received,
  }
}

/** Ids that nothing has. */
export function createUnknownIds(): TenantIds {
  return {
    organization: randomUUID(),
    identifier: `nobody-${randomUUID()}`,
    admin: randomUUID(),
    member: randomUUID(),
    externalId: `person-${randomUUID()}`,
    pausedMember: randomUUID(),
    park: randomUUID(),
    portfolio: randomUUID(),
    cooperation: randomUUID(),
    pending: randomUUID(),
    given: randomUUID(),
    received: randomUUID(),
  }
}

async function shareNew(call: TestCaller, cooperation: string, park: string): Promise<string> {
  const input = { cooperation, resource: { type: 'park', id: park }, role: 'technical-manager' }
  const { share } = await answerOf(call('share.create', input), shareActSchema)
  return share.id
}
