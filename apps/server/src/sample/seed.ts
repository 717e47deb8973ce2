import type { Actor, Command, CommandType, Fact, FactOf, FactType } from '@drawbridge/core'
import type { Executor, Reads } from '@drawbridge/api'
import type { Accounts } from '../accounts/accounts.ts'
import { sampleOrganizations, samplePassword } from './people.ts'
import { plants } from './plants.ts'

export interface SeedPorts {
  readonly accounts: Pick<Accounts, 'ensureUser'>
  readonly executor: Executor
  readonly reads: Pick<Reads, 'membershipOf' | 'organizationByIdentifier'>
}

type SampleOrganization = (typeof sampleOrganizations)[keyof typeof sampleOrganizations]
type Act = <T extends CommandType>(command: Command<T>) => Promise<readonly Fact[]>

/** Puts the sample organizations, people and parks into an empty installation; once. */
export async function seedSample(ports: SeedPorts): Promise<void> {
  if (await ports.reads.organizationByIdentifier(sampleOrganizations.owner.identifier)) return
  const investor = await createSampleOrganization(ports, sampleOrganizations.investor)
  await createSampleOrganization(ports, sampleOrganizations.serviceProvider)
  const owner = await createSampleOrganization(ports, sampleOrganizations.owner)

  const parks: FactOf<'park'>[] = []
  for (const plant of plants) parks.push(only('park', await owner.act({ type: 'park.create', input: plant })))
  const portfolio = only(
    'portfolio',
    await owner.act({ type: 'portfolio.create', input: { name: 'Brandenburg' } }),
  )
  for (const { id: park } of parks.filter(({ location }) => location === 'Brandenburg')) {
    await owner.act({ type: 'portfolio.addPark', input: { portfolio: portfolio.id, park } })
  }
  const resource = { type: 'portfolio', id: portfolio.id } as const
  const [, technician] = owner.members
  if (technician) {
    await owner.act({
      type: 'assignment.grant',
      input: { member: technician, resource, role: 'technical-manager' },
    })
  }

  const { identifier } = sampleOrganizations.investor
  const { id: cooperation } = only(
    'cooperation',
    await owner.act({ type: 'cooperation.invite', input: { identifier } }),
  )
  await investor.act({ type: 'cooperation.accept', input: { cooperation } })
  const share = only(
    'share',
    await owner.act({ type: 'share.create', input: { cooperation, resource, role: 'viewer' } }),
  )
  const [, analyst] = investor.members
  if (analyst) {
    await investor.act({
      type: 'delegation.grant',
      input: { share: share.id, member: analyst, role: 'viewer' },
    })
  }
}

/** Creates an organization by its first person, who adds the others. */
async function createSampleOrganization(
  { accounts, executor, reads }: SeedPorts,
  { name, identifier, people }: SampleOrganization,
): Promise<{ readonly act: Act; readonly members: readonly string[] }> {
  const [founder, ...others] = people
  const { id: user } = await accounts.ensureUser({ ...founder, password: samplePassword })
  let actor: Actor = { kind: 'user', user, name: founder.name }
  const act: Act = async (command) =>
    (await executor.execute(command, { actor, credential: 'sample-data' })).subjects

  await act({ type: 'organization.create', input: { name, identifier, timeZone: 'Europe/Berlin' } })
  const membership = await reads.membershipOf(user)
  if (membership === null) throw new Error(`${name} has no admin`)
  actor = { kind: 'member', organization: membership.organization.id, member: membership.member.id }
  const members = [membership.member.id]
  for (const person of others) {
    const { id } = await accounts.ensureUser({ ...person, password: samplePassword })
    const added = await act({ type: 'member.add', input: { user: id, name: person.name, role: 'member' } })
    members.push(only('member', added).id)
  }
  return { act, members }
}

function only<T extends FactType>(type: T, facts: readonly Fact[]): FactOf<T> {
  const found = facts.find((fact): fact is FactOf<T> => fact.type === type)
  if (found === undefined) throw new Error(`expected a ${type}`)
  return found
}
