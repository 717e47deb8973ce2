import { decideOver, type Decision } from '../decide.ts'
import { FactSet } from '../fact-set.ts'
import type { Fact, Member, Resource } from '../facts.ts'
import { reachOf } from '../paths.ts'
import { actions, actionsOf } from '../roles.ts'
import { memberSnapshot } from '../snapshot.ts'
import { reachToldTo } from '../told-reach.ts'
import { unknownId } from './ids.ts'
import { ask, type OracleAnswer, type OracleQuestion } from './oracle.ts'
import { refTo } from './party.ts'
import type { Subject } from './subject.ts'
import type { World } from './world.ts'

/** Every decision over all facts is the oracle's, and crosses no ceiling (A1 to A4, D1, S2). */
export function checkDecisions({ facts, now }: World, subject: Subject): void {
  const all = [...facts.all()]
  for (const { id: member } of [...facts.members.all(), { id: unknownId }]) {
    for (const resource of resourcesAmong(all)) {
      for (const action of actions) {
        const question = { member, resource, action }
        const answer = inWords(subject.decide(facts, question, { now, version: 0 }))
        requireEqual(answer, oracleInWords(all, question, { now }), { question, who: 'decide' })
      }
      checkCeiling(facts, facts.members.get(member), { resource, now, subject })
    }
  }
}

/** What a member's own snapshot decides, and what the server tells that member, is the oracle's answer (A4, V1). */
export function checkMemberSnapshots({ facts, now }: World, subject: Subject): void {
  const all = [...facts.all()]
  for (const { id: member, organization } of facts.members.all()) {
    const own = new FactSet(memberSnapshot(facts, member, now))
    for (const resource of resourcesAmong(all)) {
      const reach = reachOf(facts, member, resource)
      const owner = facts.resource(resource)?.organization ?? null
      const toldReach = reach && reachToldTo({ organization, isSelf: true }, reach, owner)
      for (const action of actions) {
        const question = { member, resource, action }
        const expected = oracleInWords(all, question, { now, isSelf: true })
        const told = inWords(decideOver(toldReach, action, { now, version: 0 }))
        requireEqual(told, expected, { question, who: 'the server' })
        const answer = inWords(subject.decide(own, question, { now, version: 0 }))
        requireEqual(answer, expected, { question, who: 'member' })
      }
    }
  }
}

/** What an organization's replica decides is what all facts decide, of whom it may ask. */
export function checkReplicaDecisions(
  world: World,
  replica: { readonly organization: string; readonly facts: FactSet },
  subject: Subject,
): void {
  const { facts, now } = world
  const all = [...facts.all()]
  for (const member of replica.facts.members.all()) {
    const isOwn = member.organization === replica.organization
    for (const resource of resourcesAmong(all)) {
      // Of another organization's member only what concerns the own resources is known.
      if (!isOwn && facts.resource(resource)?.organization !== replica.organization) continue
      for (const action of actions) {
        const question = { member: member.id, resource, action }
        const answer = inWords(subject.decide(replica.facts, question, { now, version: 0 }))
        requireEqual(answer, oracleInWords(all, question, { now }), { question, who: replica.organization })
      }
    }
  }
}

/** Nothing that comes from another organization exceeds the shares it gave. */
function checkCeiling(
  facts: FactSet,
  member: Member | undefined,
  { resource, now, subject }: { resource: Resource; now: string; subject: Subject },
): void {
  const owner = facts.resource(resource)?.organization
  if (member === undefined || owner === undefined || member.organization === owner) return
  const question = { member: member.id, resource, action: 'view' } as const
  const given = [...facts.shares.all()].filter(
    (share) => share.owner === owner && share.receiver === member.organization,
  )
  const ceiling = new Set(given.flatMap(({ role }) => actionsOf(role)))
  for (const action of subject.decide(facts, question, { now, version: 0 }).actions) {
    if (action === 'operate' || !ceiling.has(action))
      throw new Error(`${member.id} may ${action} ${resource.id} of another organization`)
  }
}

function resourcesAmong(facts: readonly Fact[]): readonly Resource[] {
  const known = facts.filter((fact) => fact.type === 'park' || fact.type === 'portfolio')
  const [first] = known
  const misnamed: readonly Resource[] = first
    ? [{ type: first.type === 'park' ? 'portfolio' : 'park', id: first.id }]
    : []
  return [...known.map(refTo), { type: 'park', id: unknownId }, ...misnamed]
}

function inWords({ allowed, actions: may, role, reason, by, since, validUntil }: Decision): string {
  return words([allowed, may, role, reason, by?.organization ?? null, since ?? null, validUntil])
}

function oracleInWords(
  facts: readonly Fact[],
  question: OracleQuestion,
  options: { now: string; isSelf?: boolean },
): string {
  const {
    allowed,
    actions: may,
    role,
    reason,
    by,
    since,
    validUntil,
  }: OracleAnswer = ask(facts, question, options)
  return words([allowed, may, role, reason, by, since, validUntil])
}

function words(parts: readonly unknown[]): string {
  return parts.map(String).join(' | ')
}

function requireEqual(
  answer: string,
  expected: string,
  about: { question: OracleQuestion; who: string },
): void {
  if (answer === expected) return
  const { member, action, resource } = about.question
  throw new Error(
    `${about.who}: ${member} ${action} ${resource.type} ${resource.id}\n  answers ${answer}\n  expected ${expected}`,
  )
}
