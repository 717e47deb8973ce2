import { requireOpenMembership, type Decision, type Member, type MemberId } from '@drawbridge/core'
import type { checkSchema, memberReferenceSchema } from '@drawbridge/protocol'
import type { z } from 'zod'
import type { Services } from './context.ts'
import type { Membership } from './ports.ts'
import { requireAdmin } from './require-caller.ts'

type CheckInput = z.output<typeof checkSchema>
type MemberReference = z.output<typeof memberReferenceSchema>

/** No member has the nil id: naming someone unknown is answered as an unknown member is, by `no_path` (A4). */
const nobody: MemberId = '00000000-0000-0000-0000-000000000000'

/** Decides questions about the caller, or about members that an admin names, in the order asked (A3, A4). */
export async function answerChecks(
  services: Services,
  membership: Membership,
  checks: readonly CheckInput[],
): Promise<readonly Decision[]> {
  const members = await findMembers(
    services,
    membership,
    checks.map(({ member }) => member),
  )
  const questions = checks.map(({ action, resource }, index) => ({
    member: members[index] ?? nobody,
    action,
    resource,
  }))
  const isSelf = questions.every(({ member }) => member === membership.member.id)
  return services.decisions.decideMany(questions, { organization: membership.organization.id, isSelf })
}

/** Decides one question. */
export async function answerCheck(
  services: Services,
  membership: Membership,
  check: CheckInput,
): Promise<Decision> {
  const [decision] = await answerChecks(services, membership, [check])
  if (decision === undefined) throw new Error('a question was left unanswered')
  return decision
}

/** The member that a question names, the caller itself when it names none; only an open admin names another (A4). */
export async function findMember(
  services: Services,
  membership: Membership,
  reference: MemberReference | undefined,
): Promise<MemberId> {
  const [found] = await findMembers(services, membership, [reference])
  return found ?? nobody
}

/** Looks up all external ids at once: a batch of questions must not take more than one place in the queue. */
async function findMembers(
  { reads }: Services,
  { member, organization, now }: Membership,
  references: readonly (MemberReference | undefined)[],
): Promise<readonly MemberId[]> {
  const others = references.filter((reference) => reference !== undefined && !isSelf(member, reference))
  if (others.length > 0) {
    requireOpenMembership(member, now)
    requireAdmin(member)
  }
  const externalIds = new Set(
    others.flatMap((reference) => (typeof reference === 'object' ? reference.externalId : [])),
  )
  const found =
    externalIds.size === 0 ? [] : await reads.membersByExternalId(organization.id, [...externalIds])
  const ids = new Map(found.map(({ externalId, id }) => [externalId, id]))
  return references.map((reference) => {
    if (reference === undefined || isSelf(member, reference)) return member.id
    return typeof reference === 'string' ? reference : (ids.get(reference.externalId) ?? nobody)
  })
}

function isSelf(member: Member, reference: MemberReference): boolean {
  if (typeof reference === 'string') return reference === member.id
  return reference.externalId === member.externalId
}
