import type {
  Assignment,
  Cooperation,
  Delegation,
  Fact,
  Member,
  PortfolioEntry,
  Resource,
  Share,
} from '../facts.ts'

/**
 * A second answer to every decision, written from the rules alone: plain loops over a plain list of facts, sharing no
 * code with what it checks. Where the rules are silent, a closed membership answers for every resource, also unknown ones.
 */
export function ask(
  facts: readonly Fact[],
  { member: memberId, resource, action }: OracleQuestion,
  {
    now,
    isSelf = false,
  }: { readonly now: string; /** As the member itself is answered (A4). */ readonly isSelf?: boolean },
): OracleAnswer {
  const denied = { allowed: false, actions: [], role: null, by: null, since: null, validUntil: null }
  const member = membersIn(facts).find((one) => one.id === memberId)
  if (member === undefined) return { ...denied, reason: 'no_path' }
  if (member.expiresAt !== null && member.expiresAt <= now)
    return { ...denied, reason: 'membership_expired', by: member.organization, since: member.expiresAt }
  if (member.pausedAt !== null)
    return { ...denied, reason: 'membership_paused', by: member.organization, since: member.pausedAt }

  const paths = [...ownPaths(facts, member, resource), ...sharePaths(facts, member, resource, now)].filter(
    (path) => !(isSelf && path.closed.some((link) => link.reason === 'not_delegated')),
  )
  const open = paths.filter((path) => path.closed.length === 0)
  const actions = ['view', 'maintain', 'operate'].filter((one) =>
    open.some((path) => actionsOfRole[path.role].includes(one)),
  )
  const role = actions.includes('operate')
    ? 'operator'
    : actions.includes('maintain')
      ? 'technical-manager'
      : actions.includes('view')
        ? 'viewer'
        : null

  if (actions.includes(action)) {
    const ends = open.filter((path) => actionsOfRole[path.role].includes(action)).map((path) => path.ends)
    const validUntil = ends.includes(forever) ? null : (ends.toSorted().at(-1) ?? null)
    return { allowed: true, actions, role, reason: 'allowed', by: null, since: null, validUntil }
  }

  // A3: the first closed link, role last, of the path with the largest role, the fewest closed links, the lowest share id.
  const explained = paths.map((path) => ({
    ...path,
    closed: actionsOfRole[path.role].includes(action)
      ? path.closed
      : [...path.closed, { reason: 'role_too_low', by: null, since: null }],
  }))
  const [best] = explained.toSorted(
    (a, b) =>
      actionsOfRole[b.role].length - actionsOfRole[a.role].length ||
      a.closed.length - b.closed.length ||
      (a.share < b.share ? -1 : 1),
  )
  const why = best?.closed[0] ?? { reason: 'no_path', by: null, since: null }
  return { allowed: false, actions, role, ...why, validUntil: null }
}

export interface OracleQuestion {
  readonly member: string
  readonly resource: Resource
  readonly action: string
}

export interface OracleAnswer {
  readonly allowed: boolean
  readonly actions: readonly string[]
  readonly role: string | null
  readonly reason: string
  readonly by: string | null
  readonly since: string | null
  readonly validUntil: string | null
}

/** Whether an organization may know a fact (V1). */
export function mayKnow(facts: readonly Fact[], organization: string, fact: Fact): boolean {
  const partners = cooperationsIn(facts)
    .filter((one) => one.initiator === organization || one.invitee === organization)
    .flatMap((one) => [one.initiator, one.invitee])
  const given = sharesIn(facts).filter((share) => share.owner === organization)
  const received = sharesIn(facts).filter((share) => share.receiver === organization)
  switch (fact.type) {
    case 'organization':
      return fact.id === organization || partners.includes(fact.id)
    case 'cooperation':
      return fact.initiator === organization || fact.invitee === organization
    case 'share':
      return fact.owner === organization || fact.receiver === organization
    case 'delegation':
      return [...given, ...received].some((share) => share.id === fact.share)
    case 'assignment':
      return fact.organization === organization
    case 'member': {
      if (fact.organization === organization) return true
      const theirs = given.filter((share) => share.receiver === fact.organization)
      if (fact.role === 'admin' && theirs.length > 0) return true
      return delegationsIn(facts).some(
        (one) => one.member === fact.id && theirs.some((share) => share.id === one.share),
      )
    }
    case 'park':
      return (
        fact.organization === organization || received.some((share) => covers(facts, share.resource, fact))
      )
    case 'portfolio':
      return fact.organization === organization || received.some((share) => share.resource.id === fact.id)
    case 'portfolioEntry':
      return (
        fact.organization === organization || received.some((share) => share.resource.id === fact.portfolio)
      )
  }
}

interface OraclePath {
  readonly role: 'viewer' | 'technical-manager' | 'operator'
  readonly closed: readonly {
    readonly reason: string
    readonly by: string | null
    readonly since: string | null
  }[]
  /** The earliest deadline on the path. */
  readonly ends: string
  readonly share: string
}

const forever = '9999'

const actionsOfRole: Record<OraclePath['role'], readonly string[]> = {
  viewer: ['view'],
  'technical-manager': ['view', 'maintain'],
  operator: ['view', 'maintain', 'operate'],
}

/** O7: an admin is operator on everything its organization owns; any other member has exactly the assignments given. */
function ownPaths(facts: readonly Fact[], member: Member, resource: Resource): OraclePath[] {
  if (ownerOf(facts, resource) !== member.organization) return []
  const ends = member.expiresAt ?? forever
  const paths: OraclePath[] = []
  if (member.role === 'admin') paths.push({ role: 'operator', closed: [], ends, share: '' })
  for (const assignment of assignmentsIn(facts)) {
    if (assignment.member === member.id && covers(facts, assignment.resource, resource))
      paths.push({ role: assignment.role, closed: [], ends, share: '' })
  }
  return paths
}

/** A1, D1, D2, S4, S7. */
function sharePaths(facts: readonly Fact[], member: Member, resource: Resource, now: string): OraclePath[] {
  const paths: OraclePath[] = []
  for (const share of sharesIn(facts)) {
    if (share.receiver !== member.organization) continue
    if (share.owner !== ownerOf(facts, resource)) continue
    if (!covers(facts, share.resource, resource)) continue
    const cooperation = cooperationsIn(facts).find((one) => one.id === share.cooperation)
    if (cooperation === undefined) continue
    const delegation = delegationsIn(facts).find((one) => one.share === share.id && one.member === member.id)

    const closed: OraclePath['closed'][number][] = []
    if (cooperation.state === 'pending') closed.push({ reason: 'cooperation_pending', by: null, since: null })
    else if (cooperation.expiresAt !== null && cooperation.expiresAt <= now)
      closed.push({ reason: 'cooperation_expired', by: cooperation.initiator, since: cooperation.expiresAt })
    else if (cooperation.pausedAt !== null)
      closed.push({ reason: 'cooperation_paused', by: cooperation.initiator, since: cooperation.pausedAt })
    if (share.expiresAt !== null && share.expiresAt <= now)
      closed.push({ reason: 'share_expired', by: share.owner, since: share.expiresAt })
    else if (share.pausedAt !== null)
      closed.push({ reason: 'share_paused', by: share.owner, since: share.pausedAt })

    let role: OraclePath['role'] = share.role
    const deadlines = [member.expiresAt, cooperation.expiresAt, share.expiresAt]
    if (member.role !== 'admin') {
      if (delegation === undefined) closed.push({ reason: 'not_delegated', by: null, since: null })
      else {
        if (delegation.role === 'viewer') role = 'viewer'
        if (delegation.expiresAt !== null && delegation.expiresAt <= now)
          closed.push({ reason: 'delegation_expired', by: share.receiver, since: delegation.expiresAt })
        deadlines.push(delegation.expiresAt)
      }
    }
    const ends = deadlines.map((deadline) => deadline ?? forever).toSorted()[0] ?? forever
    paths.push({ role, closed, ends, share: share.id })
  }
  return paths
}

/** Whether what is given on one resource reaches another: the same one, or a park in the portfolio. */
function covers(facts: readonly Fact[], given: Resource, wanted: Resource): boolean {
  if (given.type === wanted.type && given.id === wanted.id) return true
  if (given.type !== 'portfolio' || wanted.type !== 'park') return false
  return entriesIn(facts).some((entry) => entry.portfolio === given.id && entry.park === wanted.id)
}

function ownerOf(facts: readonly Fact[], { type, id }: Resource): string | null {
  for (const fact of facts) {
    if ((fact.type === 'park' || fact.type === 'portfolio') && fact.type === type && fact.id === id)
      return fact.organization
  }
  return null
}

function membersIn(facts: readonly Fact[]): Member[] {
  return facts.filter((fact) => fact.type === 'member')
}

function assignmentsIn(facts: readonly Fact[]): Assignment[] {
  return facts.filter((fact) => fact.type === 'assignment')
}

function cooperationsIn(facts: readonly Fact[]): Cooperation[] {
  return facts.filter((fact) => fact.type === 'cooperation')
}

function sharesIn(facts: readonly Fact[]): Share[] {
  return facts.filter((fact) => fact.type === 'share')
}

function delegationsIn(facts: readonly Fact[]): Delegation[] {
  return facts.filter((fact) => fact.type === 'delegation')
}

function entriesIn(facts: readonly Fact[]): PortfolioEntry[] {
  return facts.filter((fact) => fact.type === 'portfolioEntry')
}
