import {
  actions,
  decide,
  decideOver,
  isExpired,
  reachOf,
  reachToldTo,
  type Action,
  type Fact,
  type Resource,
} from '@drawbridge/core'
import { ask } from '@drawbridge/core/testing'
import { describe, expect, it, vi } from 'vitest'
import { createNumbers } from '../testing/numbers.ts'
import { populate } from '../testing/populate.ts'
import { createTwin, type Twin } from '../testing/twin.ts'

describe('decisions by SQL', () => {
  it.for([11, 12])(
    'A3: are those of the rules over all facts (seed %i)',
    { timeout: 120_000 },
    async (seed) => {
      await using twin = await createGrownTwin(seed)
      const { database, world } = twin
      const now = await quietInstant(twin)
      const facts = [...world.facts.all()]
      const checks = questions(facts)

      for (const { id: organization } of world.facts.organizations.all()) {
        const version = world.versionOf(organization)
        const asker = { organization, isSelf: false }
        const decisions = await database.decisions.decideMany(checks, asker)
        const expected = checks.map(({ action, ...target }) => {
          const reach = reachOf(world.facts, target.member, target.resource)
          const owner = world.facts.resource(target.resource)?.organization ?? null
          return decideOver(reach && reachToldTo(asker, reach, owner), action, { now, version })
        })
        expect(decisions).toEqual(expected)
      }
    },
  )

  it.for([21])(
    'A4: tell a member nothing of what was not delegated to it (seed %i)',
    { timeout: 120_000 },
    async (seed) => {
      await using twin = await createGrownTwin(seed)
      const { database, world } = twin
      const now = await quietInstant(twin)
      const facts = [...world.facts.all()]
      for (const member of world.facts.members.all()) {
        const asker = { organization: member.organization, isSelf: true }
        for (const check of questions(facts).filter((one) => one.member === member.id)) {
          const [decision] = await database.decisions.decideMany([check], asker)
          const { by, since, ...expected } = ask(facts, check, { now, isSelf: member.role === 'member' })
          expect(decision).toMatchObject(expected)
          expect({ by: decision?.by?.organization ?? null, since: decision?.since ?? null }).toEqual({
            by,
            since,
          })
        }
      }
    },
  )

  it.for([31])('A2: list exactly what a member reaches (seed %i)', { timeout: 120_000 }, async (seed) => {
    await using twin = await createGrownTwin(seed)
    const now = await quietInstant(twin)
    for (const question of lists(twin)) {
      const { found, expected } = await list(twin, question, now)
      expect(found).toEqual(expected)
    }
  })

  it.for([31])(
    'A2: tell owner and receiver exactly who reaches a resource (seed %i)',
    { timeout: 120_000 },
    async (seed) => {
      await using twin = await createGrownTwin(seed)
      const now = await quietInstant(twin)
      for (const { id: organization } of twin.world.facts.organizations.all()) {
        for (const resource of resourcesIn([...twin.world.facts.all()])) {
          const { found, expected } = await who(twin, { organization, resource }, now)
          expect(found).toEqual(expected)
        }
      }
    },
  )

  it('A4: answer no_path for ids that nothing can have', async () => {
    await using twin = await createTwin('2026-03-02T09:00:00.000Z')
    const { database } = twin
    const resource = { type: 'park', id: 'no-uuid' } as const
    const asker = { organization: '01980000-0000-7000-8000-000000000001', isSelf: false }
    const decisions = await database.decisions.decideMany(
      [
        { member: "'; drop table member", action: 'view', resource },
        { member: asker.organization, action: 'view', resource: { type: 'park', id: asker.organization } },
      ],
      asker,
    )
    expect(decisions).toEqual([noPath(0), noPath(0)])
    expect(await database.decisions.list('nobody', {}, {})).toEqual({ items: [], nextCursor: null })
    expect(await database.decisions.who(asker.organization, resource, {})).toBeNull()
    expect(await database.decisions.decideMany([], asker)).toEqual([])
  })
})

interface ListQuestion {
  readonly member: string
  readonly type: Resource['type'] | undefined
  readonly action: Action | undefined
}

function lists({ world }: Twin): readonly ListQuestion[] {
  return [...world.facts.members.all()].flatMap(({ id: member }) =>
    ([undefined, 'park', 'portfolio'] as const).flatMap((type) =>
      ([undefined, 'maintain'] as const).map((action) => ({ member, type, action })),
    ),
  )
}

async function list({ database, world }: Twin, { member, type, action }: ListQuestion, now: string) {
  const found = await pages((page) => database.decisions.list(member, { type, action }, page))
  const wanted = resourcesIn([...world.facts.all()]).filter((one) => type === undefined || one.type === type)
  const at = { now, version: 0 }
  return {
    found: byResource(
      found.map(({ resource, actions: may, role, validUntil, paths }) => {
        return { resource, actions: may, role, validUntil, roles: paths.map((path) => path.role).toSorted() }
      }),
    ),
    expected: byResource(
      wanted.flatMap((resource) => {
        const decision = decide(world.facts, { member, resource, action: action ?? 'view' }, at)
        if (!decision.allowed) return []
        const reach = reachOf(world.facts, member, resource)
        const open = reach?.paths.flatMap(
          (path) => decideOver({ ...reach, paths: [path] }, 'view', at).role ?? [],
        )
        const { actions: may, role, validUntil } = decision
        return [{ resource, actions: may, role, validUntil, roles: open?.toSorted() }]
      }),
    ),
  }
}

async function who(
  { database, world: { facts } }: Twin,
  { organization, resource }: { readonly organization: string; readonly resource: Resource },
  now: string,
) {
  const first = await database.decisions.who(organization, resource, {})
  const found =
    first &&
    (await pages(async (page) => {
      const next = await database.decisions.who(organization, resource, page)
      return next ?? { items: [], nextCursor: null }
    }))
  const isOwner = facts.resource(resource)?.organization === organization
  const covering = facts.coveringIds(resource).flatMap((id) => facts.shares.by('resource', id))
  const isReceiver = covering.some(({ receiver }) => receiver === organization)
  const members = [...facts.members.all()]
    .filter((member) => isOwner || member.organization === organization)
    .filter(({ id }) => decide(facts, { member: id, resource, action: 'view' }, { now, version: 0 }).allowed)
  return {
    found: found && found.map(({ member }) => member.id).toSorted(),
    expected: isOwner || isReceiver ? members.map(({ id }) => id).toSorted() : null,
  }
}

async function createGrownTwin(seed: number): Promise<Twin> {
  // Some of what expires then has expired by now, and some has not.
  const twin = await createTwin(new Date(Date.now() - 2 * 86_400_000).toISOString())
  await populate(twin)
  const numbers = createNumbers(seed)
  for (let count = 0; count < 200; count += 1) await twin.step(numbers())
  return twin
}

/** The database's clock, once nothing lapses within the next minute. */
function quietInstant({ database, world }: Twin): Promise<string> {
  return vi.waitFor(async () => {
    const { now } = await database.changes.poll(new Map())
    const soon = new Date(Date.parse(now) + 60_000).toISOString()
    const deadlines = [...world.facts.all()].flatMap((fact) => ('expiresAt' in fact ? [fact.expiresAt] : []))
    expect(deadlines.filter((deadline) => isExpired(deadline, now) !== isExpired(deadline, soon))).toEqual([])
    return now
  })
}

function questions(facts: readonly Fact[]) {
  const members = facts.filter((fact) => fact.type === 'member')
  return members.flatMap(({ id: member }) =>
    resourcesIn(facts).flatMap((resource) => actions.map((action) => ({ member, resource, action }))),
  )
}

function resourcesIn(facts: readonly Fact[]): Resource[] {
  return facts
    .filter((fact) => fact.type === 'park' || fact.type === 'portfolio')
    .map(({ type, id }) => ({ type, id }))
}

function noPath(version: number) {
  return { allowed: false, actions: [], role: null, reason: 'no_path', validUntil: null, version }
}

interface Paged<T> {
  readonly items: readonly T[]
  readonly nextCursor: string | null
}

async function pages<T>(next: (page: { cursor?: string; limit: number }) => Promise<Paged<T>>): Promise<T[]> {
  const all: T[] = []
  let page = await next({ limit: 2 })
  for (;;) {
    expect(page.items.length).toBeLessThanOrEqual(2)
    all.push(...page.items)
    if (page.nextCursor === null) return all
    page = await next({ limit: 2, cursor: page.nextCursor })
  }
}

function byResource<T extends { readonly resource: Resource }>(items: readonly T[]): readonly T[] {
  return items.toSorted((a, b) => (a.resource.id < b.resource.id ? -1 : 1))
}
