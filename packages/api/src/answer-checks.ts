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
  const find = createFinder(services, membership)
  const questions = await Promise.all(
    checks.map(async ({ action, resource, member }) => ({ member: await find(member), action, resource })),
  )
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
export function findMember(
  services: Services,
  membership: Membership,
  reference: MemberReference | undefined,
): Promise<MemberId> {
  return createFinder(services, membership)(reference)
}

/** Looks up each external id once. */
function createFinder({ reads }: Services, { member, organization, now }: Membership) {
  const byExternalId = new Map<string, Promise<Member | null>>()
  return async (reference: MemberReference | undefined): Promise<MemberId> => {
    if (isSelf(member, reference)) return member.id
    requireOpenMembership(member, now)
    requireAdmin(member)
    if (typeof reference === 'string') return reference
    const { externalId } = reference
    const known = byExternalId.get(externalId) ?? reads.memberByExternalId(organization.id, externalId)
    byExternalId.set(externalId, known)
    const found = await known
    return found?.id ?? nobody
  }
}

function isSelf(member: Member, reference: MemberReference | undefined): reference is undefined {
  if (reference === undefined) return true
  if (typeof reference === 'string') return reference === member.id
  return reference.externalId === member.externalId
}
