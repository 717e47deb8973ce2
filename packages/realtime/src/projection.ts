import {
  isMembershipClosed,
  refOf,
  type Cause,
  type Change,
  type Fact,
  type FactChange,
  type FactRef,
  type Id,
  type Member,
} from '@drawbridge/core'
import { narrowCause } from './narrow-cause.ts'

/** What a member's connections hold, as far as it decides which changes concern them. */
export interface Knowledge {
  readonly self: Member
  /** Below admin: every fact that is known. Of an admin: the received shares alone, the rest goes by type. */
  readonly known: Set<Id>
  /** Whether nothing but organization and membership is known, as while the membership is closed (O4). */
  readonly isReduced: boolean
}

/** What of a change one member is told. */
export interface Projection {
  /** Whether there is a message at all; a fresh snapshot may be needed without one. */
  readonly isTold: boolean
  readonly facts: readonly FactChange[]
  readonly cause: Cause
  readonly learned: readonly Id[]
  readonly forgotten: readonly Id[]
  readonly self: Member
  /** Whether what is known is incomplete, or too much, until a fresh snapshot comes (V3). */
  readonly needsSnapshot: boolean
  /** Whether the membership has ended. */
  readonly isOver: boolean
}

/** What a member snapshot teaches, or null when its member is not there any more. */
export function learn(facts: readonly Fact[], memberId: Id): Knowledge | null {
  const self = facts.find((fact): fact is Member => fact.type === 'member' && fact.id === memberId)
  if (self === undefined) return null
  const wanted = self.role === 'admin' ? facts.filter((fact) => fact.type === 'share') : facts
  return {
    self,
    known: new Set(wanted.map((fact) => fact.id)),
    isReduced: facts.every((fact) => fact.type === 'organization' || fact.type === 'member'),
  }
}

/**
 * Projects a change of the organization onto one member: the difference that it makes to `memberSnapshot` where the
 * change alone can tell, else what can be told at once and `needsSnapshot`. Null when it does not concern the member.
 */
export function project(knowledge: Knowledge, change: Change): Projection | null {
  const { self, isOver } = membershipAfter(knowledge.self, change)
  const isClosed = isMembershipClosed(self, change.at)
  const isOtherKind = isOver || isOther(knowledge.self, self) || (isClosed && !knowledge.isReduced)
  const sight = isOtherKind || isClosed ? seeMembership(knowledge) : seeAs(knowledge, change)

  const seen = change.facts.filter((fact) => ('put' in fact ? sight.sees(fact.put) : sight.knows(fact.drop)))
  const dropsPath = seen.some((fact) => 'drop' in fact && isPath(fact.drop)) && self.role !== 'admin'
  // What the member knew only through a dropped path is no longer its to know, so nothing of it is put again.
  const facts = dropsPath ? seen.filter((fact) => 'drop' in fact || isOwn(fact.put, self)) : seen
  const learned = facts.flatMap((fact) => ('put' in fact && sight.learns(fact.put) ? fact.put.id : []))
  const needsSnapshot = isOtherKind || dropsPath || sight.lacks(facts)

  const isKnown = (id: Id) => sight.knowsId(id) || learned.includes(id)
  const isTold = facts.length > 0 || (change.facts.length === 0 && concerns(change, self, sight))
  if (!isTold && !needsSnapshot) return null
  return {
    isTold,
    facts,
    cause: narrowCause(change.cause, self.id, isKnown),
    learned,
    forgotten: facts.flatMap((fact) => ('drop' in fact ? fact.drop.id : [])),
    self,
    needsSnapshot,
    isOver,
  }
}

/** Whether a change can be told again without a snapshot: it touches no more of the view than its facts show (V3). */
export function isReplayable({ self, known }: Knowledge, { facts, cause }: Change): boolean {
  if (cause.type.startsWith('membership.') && cause.members?.includes(self.id)) return false
  return facts.every((fact) => {
    const { id, type } = refOf(fact)
    if (id === self.id) return false
    if ('drop' in fact) return self.role === 'admin' && type !== 'share'
    if (self.role === 'admin') return true
    return !isOwn(fact.put, self) && !(fact.put.type === 'portfolioEntry' && known.has(fact.put.portfolio))
  })
}

interface Filter {
  /** Whether a fact that is put is the member's to know. */
  sees(fact: Fact): boolean
  /** Whether a fact that is dropped was known. */
  knows(ref: FactRef): boolean
  knowsId(id: Id): boolean
  /** Whether a fact that is put is new to `known`. */
  learns(fact: Fact): boolean
  /** Whether facts that are told lead to others that are not. */
  lacks(told: readonly FactChange[]): boolean
}

function seeAs(knowledge: Knowledge, change: Change): Filter {
  return knowledge.self.role === 'admin' ? seeAsAdmin(knowledge) : seeAsMember(knowledge, change)
}

/** An admin knows all its organization does of resources and cooperations, but of members only itself (V1). */
function seeAsAdmin({ self, known }: Knowledge): Filter {
  const isCommon = (type: FactRef['type']) => !['member', 'assignment', 'delegation', 'share'].includes(type)
  const isReceived = (fact: Fact) => fact.type === 'share' && fact.receiver === self.organization
  return {
    sees: (fact) => isCommon(fact.type) || fact.id === self.id || isReceived(fact),
    knows: ({ type, id }) => isCommon(type) || id === self.id || known.has(id),
    knowsId: () => true,
    learns: isReceived,
    lacks: () => false,
  }
}

/** A member below admin knows what its paths lead to: what is known already, and what a path newly leads to (D2). */
function seeAsMember({ self, known }: Knowledge, { facts }: Change): Filter {
  const isNewEntry = (fact: Fact) => fact.type === 'portfolioEntry' && known.has(fact.portfolio)
  const puts = new Set(facts.flatMap((fact) => ('put' in fact ? fact.put.id : [])))
  const arriving = new Set(
    facts.flatMap((fact) =>
      'put' in fact && fact.put.type === 'portfolioEntry' && isNewEntry(fact.put) ? fact.put.park : [],
    ),
  )
  return {
    sees: (fact) => known.has(fact.id) || isOwn(fact, self) || isNewEntry(fact) || arriving.has(fact.id),
    knows: ({ id }) => known.has(id),
    knowsId: (id) => known.has(id),
    learns: (fact) => !known.has(fact.id),
    lacks: (told) =>
      told.some((fact) => 'put' in fact && isOwn(fact.put, self) && !known.has(fact.put.id)) ||
      [...arriving].some((park) => !known.has(park) && !puts.has(park)),
  }
}

/** While the membership is closed, or changes in kind, only organization and membership are told, and drops (O4). */
function seeMembership({ self, known }: Knowledge): Filter {
  const isMembership = (id: Id) => id === self.id || id === self.organization
  return {
    sees: ({ id }) => isMembership(id),
    knows: ({ id }) => isMembership(id) || known.has(id),
    knowsId: (id) => isMembership(id) || known.has(id),
    learns: () => false,
    lacks: () => false,
  }
}

function membershipAfter(before: Member, { facts }: Change): { self: Member; isOver: boolean } {
  let self = before
  let isOver = false
  for (const fact of facts) {
    if ('drop' in fact) isOver ||= fact.drop.id === before.id
    else if (fact.put.type === 'member' && fact.put.id === before.id) self = fact.put
  }
  return { self, isOver }
}

function isOther(a: Member, b: Member): boolean {
  return a.role !== b.role || a.pausedAt !== b.pausedAt || a.expiresAt !== b.expiresAt
}

function isOwn(fact: Fact, { id }: Member): boolean {
  return fact.type === 'assignment' || fact.type === 'delegation' ? fact.member === id : fact.id === id
}

/** Facts whose end can take others out of a member's view. */
function isPath({ type }: FactRef): boolean {
  return type === 'assignment' || type === 'delegation' || type === 'portfolioEntry'
}

/** Whom an expiry, which alters no fact, concerns: by the narrowest that its cause names. */
function concerns({ cause }: Change, { id, role }: Member, sight: Filter): boolean {
  const { members, shares, cooperation } = cause
  if (members !== undefined && members.length > 0) return members.includes(id)
  if (shares !== undefined && shares.length > 0) {
    return shares.some((share) => sight.knows({ type: 'share', id: share }))
  }
  return cooperation !== undefined && (role === 'admin' || sight.knowsId(cooperation))
}
