import type { CommandInputs } from '../commands.ts'
import type { FactSet } from '../fact-set.ts'
import type { Assignment, Resource } from '../facts.ts'
import type { MemberId } from '../ids.ts'
import { drop, put } from './changes.ts'
import { requireAdmin, requireOwnMember, requireOwnResource } from './require.ts'
import type { Need, Rule } from './rule.ts'

/** Gives an own member a job role on an own resource, or replaces the one it has (O7). */
export const grantAssignment: Rule<CommandInputs['assignment.grant']> = {
  needs: (input) => aboutAssignment(input),
  apply(facts, { member: memberId, resource, role }, context) {
    const organization = requireAdmin(facts, context)
    const member = requireOwnMember(facts, memberId, organization)
    requireOwnResource(facts, resource, organization)
    const existing = assignmentOf(facts, member.id, resource)
    const assignment: Assignment = {
      type: 'assignment',
      id: existing?.id ?? context.newId(),
      organization: organization.id,
      member: member.id,
      resource,
      role,
    }
    return {
      cause: { type: 'assignment.granted', by: organization.id, members: [member.id], resource },
      facts: put(assignment, existing),
      subjects: [assignment],
    }
  },
}

/** Takes an assignment away. */
export const revokeAssignment: Rule<CommandInputs['assignment.revoke']> = {
  needs: (input) => aboutAssignment(input),
  apply(facts, { member: memberId, resource }, context) {
    const organization = requireAdmin(facts, context)
    const member = requireOwnMember(facts, memberId, organization)
    requireOwnResource(facts, resource, organization)
    const existing = assignmentOf(facts, member.id, resource)
    const subjects = existing ? [existing] : []
    return {
      cause: { type: 'assignment.revoked', by: organization.id, members: [member.id], resource },
      facts: drop(subjects),
      subjects,
    }
  },
}

function aboutAssignment({ member, resource }: { member: MemberId; resource: Resource }): readonly Need[] {
  return [
    { need: 'member', member },
    { need: 'resource', resource },
  ]
}

function assignmentOf(facts: FactSet, member: MemberId, resource: Resource): Assignment | undefined {
  return facts.assignments.by('resource', resource.id).find((assignment) => assignment.member === member)
}
