import type { Actor, Command, CommandType, Fact, FactOf, FactType } from '@drawbridge/core'
import type { Executor, Reads } from '@drawbridge/api'
import type { Accounts } from '../accounts/accounts.ts'
import { sampleOrganizations, samplePassword } from './people.ts'
import { plants } from './plants.ts'

export interface SeedPorts {
  readonly accounts: Pick<Accounts, 'ensureUser' | 'hasUser'>
  readonly executor: Executor
  readonly reads: Pick<Reads, 'membershipOf' | 'parks' | 'portfolios' | 'cooperations' | 'shares'>
}

type SampleOrganization = (typeof sampleOrganizations)[keyof typeof sampleOrganizations]
type Person = SampleOrganization['people'][number]

/** A sample organization with its first admin, who acts for it. */
interface Party {
  readonly id: string
  readonly act: <T extends CommandType>(command: Command<T>) => Promise<readonly Fact[]>
}

/**
 * Puts the sample organizations, people and parks into an installation, once. Every step looks first what stands, so
 * that a start after a kill goes on where it ended; the last person's account says that all of it was done.
 */
export async function seedSample(ports: SeedPorts): Promise<void> {
  const { owner, investor, serviceProvider } = sampleOrganizations
  const [, technician] = owner.people
  if (await ports.accounts.hasUser(technician.email)) return

  const investing = await ensureParty(ports, investor)
  const analyst = await ensureMember(ports, investing, investor.people[1])
  const serving = await ensureParty(ports, serviceProvider)
  await ensureMember(ports, serving, serviceProvider.people[1])
  const owning = await ensureParty(ports, owner)

  const portfolio = await ensurePortfolio(ports, owning)
  const resource = { type: 'portfolio', id: portfolio } as const
  const share = await ensureShare(ports, { owning, investing, resource })
  await investing.act({ type: 'delegation.grant', input: { share, member: analyst, role: 'viewer' } })
  const member = await ensureMember(ports, owning, technician)
  await owning.act({ type: 'assignment.grant', input: { member, resource, role: 'technical-manager' } })
}

async function ensureParty(
  ports: SeedPorts,
  { name, identifier, people }: SampleOrganization,
): Promise<Party> {
  const { accounts, executor, reads } = ports
  const [founder] = people
  const { id: user } = await accounts.ensureUser({ ...founder, password: samplePassword })
  if ((await reads.membershipOf(user)) === null) {
    const input = { name, identifier, timeZone: 'Europe/Berlin' }
    const actor: Actor = { kind: 'user', user, name: founder.name }
    await executor.execute({ type: 'organization.create', input }, { actor, credential: 'sample-data' })
  }
  const membership = await reads.membershipOf(user)
  if (membership === null) throw new Error(`the sample organization ${name} has no admin`)
  const { id } = membership.organization
  const actor: Actor = { kind: 'member', organization: id, member: membership.member.id }
  return {
    id,
    act: async (command) => (await executor.execute(command, { actor, credential: 'sample-data' })).subjects,
  }
}

async function ensureMember({ accounts, reads }: SeedPorts, party: Party, person: Person): Promise<string> {
  const { id: user } = await accounts.ensureUser({ ...person, password: samplePassword })
  const existing = await reads.membershipOf(user)
  if (existing !== null) return existing.member.id
  const input = { user, name: person.name, role: 'member' } as const
  return only('member', await party.act({ type: 'member.add', input })).id
}

async function ensurePortfolio({ reads }: SeedPorts, { id, act }: Party): Promise<string> {
  const { items: portfolios } = await reads.portfolios(id, {})
  const [
    portfolio = only('portfolio', await act({ type: 'portfolio.create', input: { name: 'Brandenburg' } })),
  ] = portfolios
  const { items: parks } = await reads.parks(id, {})
  for (const plant of plants) {
    const existing = parks.find(({ name }) => name === plant.name)
    const park = existing ?? only('park', await act({ type: 'park.create', input: plant }))
    if (plant.location !== 'Brandenburg') continue
    await act({ type: 'portfolio.addPark', input: { portfolio: portfolio.id, park: park.id } })
  }
  return portfolio.id
}

async function ensureShare(
  { reads }: SeedPorts,
  {
    owning,
    investing,
    resource,
  }: { owning: Party; investing: Party; resource: { type: 'portfolio'; id: string } },
): Promise<string> {
  const { items: cooperations } = await reads.cooperations(owning.id, {}, {})
  const { identifier } = sampleOrganizations.investor
  const [
    { id: cooperation } = only(
      'cooperation',
      await owning.act({ type: 'cooperation.invite', input: { identifier } }),
    ),
  ] = cooperations.filter(({ partner }) => partner.id === investing.id)
  await investing.act({ type: 'cooperation.accept', input: { cooperation } })
  const { items: shares } = await reads.shares(owning.id, { cooperation }, {})
  const input = { cooperation, resource, role: 'viewer' } as const
  const [share = only('share', await owning.act({ type: 'share.create', input }))] = shares
  return share.id
}

function only<T extends FactType>(type: T, facts: readonly Fact[]): FactOf<T> {
  const found = facts.find((fact): fact is FactOf<T> => fact.type === type)
  if (found === undefined) throw new Error(`expected a ${type}`)
  return found
}
