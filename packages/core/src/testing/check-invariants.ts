import type { FactSet } from '../fact-set.ts'
import type { Fact, FactType } from '../facts.ts'

/** What holds in every world, whatever was commanded. */
export function checkInvariants(facts: FactSet): void {
  for (const [what, keys] of uniqueKeys(facts)) {
    if (new Set(keys).size !== keys.length) throw new Error(`${what} is not unique: ${keys.join(', ')}`)
  }
  for (const fact of facts.all()) {
    for (const [type, id] of referencesOf(fact)) {
      if (facts.get({ type, id }) === undefined)
        throw new Error(`${fact.type} ${fact.id} points at no ${type}`)
    }
    if (!isSound(facts, fact)) throw new Error(`unsound ${JSON.stringify(fact)}`)
  }
}

function uniqueKeys(facts: FactSet): readonly (readonly [string, readonly string[]])[] {
  const keys = <F>(all: Iterable<F>, key: (fact: F) => string | null) =>
    [...all].map(key).filter((one) => one !== null)
  return [
    ['an id', keys(facts.all(), ({ id }) => id)],
    ['the cooperation of a pair (C1)', keys(facts.cooperations.all(), pairOf)],
    ['a share (S3)', keys(facts.shares.all(), (share) => `${share.cooperation} ${share.resource.id}`)],
    ['a delegation', keys(facts.delegations.all(), ({ share, member }) => `${share} ${member}`)],
    ['an assignment', keys(facts.assignments.all(), ({ member, resource }) => `${member} ${resource.id}`)],
    ['an entry', keys(facts.entries.all(), ({ portfolio, park }) => `${portfolio} ${park}`)],
    ['a user (O1)', keys(facts.members.all(), ({ user }) => user)],
  ]
}

function pairOf({ initiator, invitee }: { readonly initiator: string; readonly invitee: string }): string {
  return [initiator, invitee].toSorted().join(' ')
}

function referencesOf(fact: Fact): readonly (readonly [FactType, string])[] {
  switch (fact.type) {
    case 'organization':
      return []
    case 'member':
    case 'park':
    case 'portfolio':
      return [['organization', fact.organization]]
    case 'portfolioEntry':
      return [
        ['portfolio', fact.portfolio],
        ['park', fact.park],
      ]
    case 'assignment':
      return [
        ['member', fact.member],
        [fact.resource.type, fact.resource.id],
      ]
    case 'cooperation':
      return [
        ['organization', fact.initiator],
        ['organization', fact.invitee],
      ]
    case 'share':
      return [
        ['cooperation', fact.cooperation],
        [fact.resource.type, fact.resource.id],
      ]
    case 'delegation':
      return [
        ['share', fact.share],
        ['member', fact.member],
      ]
  }
}

function isSound(facts: FactSet, fact: Fact): boolean {
  switch (fact.type) {
    case 'organization':
      // O6: someone who administers it without end.
      return facts.members
        .by('organization', fact.id)
        .some(({ role, pausedAt, expiresAt }) => role === 'admin' && pausedAt === null && expiresAt === null)
    case 'member':
      return (
        (fact.user === null) !== (fact.externalId === null) && (fact.user !== null || fact.role === 'member')
      )
    case 'portfolioEntry': {
      const owners = [facts.portfolios.get(fact.portfolio), facts.parks.get(fact.park)]
      return owners.every((owner) => owner?.organization === fact.organization)
    }
    case 'assignment': {
      const owners = [facts.members.get(fact.member), facts.resource(fact.resource)]
      return owners.every((owner) => owner?.organization === fact.organization)
    }
    case 'cooperation':
      return (
        fact.initiator !== fact.invitee &&
        (fact.state === 'active' || facts.shares.by('cooperation', fact.id).length === 0)
      )
    case 'share': {
      const cooperation = facts.cooperations.get(fact.cooperation)
      const parties = [cooperation?.initiator, cooperation?.invitee]
      return (
        fact.owner !== fact.receiver &&
        parties.includes(fact.owner) &&
        parties.includes(fact.receiver) &&
        facts.resource(fact.resource)?.organization === fact.owner
      )
    }
    case 'delegation': {
      const share = facts.shares.get(fact.share)
      return (
        share?.receiver === fact.organization &&
        facts.members.get(fact.member)?.organization === fact.organization &&
        (fact.role === 'viewer' || fact.role === share.role)
      )
    }
    default:
      return true
  }
}
