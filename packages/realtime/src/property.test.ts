import {
  decide,
  isMembershipClosed,
  memberSnapshot,
  organizationSnapshot,
  actions,
  FactSet,
  type Fact,
  type MemberId,
  type OrganizationId,
} from '@drawbridge/core'
import fc from 'fast-check'
import { setImmediate } from 'node:timers/promises'
import { expect, it, vi } from 'vitest'
import { arbitraryRows, createParties, makeMove } from './testing/random-moves.ts'
import { sorted, type TestClient } from './testing/test-client.ts'
import { startTestChannel, type TestChannel } from './testing/test-channel.ts'

type Viewer = { readonly organization: OrganizationId; readonly member: MemberId | null }

/** What everyone may know, version by version: the truth to which clients are held. */
class History {
  readonly #test: TestChannel
  readonly #known = new Map<string, ReadonlyMap<string, Fact>>()

  constructor(test: TestChannel) {
    this.#test = test
  }

  record(): void {
    const { facts, now } = this.#test.world
    for (const { id: organization } of facts.organizations.all()) {
      this.#set({ organization, member: null }, organizationSnapshot(facts, organization))
      for (const { id: member } of facts.members.by('organization', organization)) {
        this.#set({ organization, member }, memberSnapshot(facts, member, now))
      }
    }
  }

  at({ organization, member }: Viewer, version: number): ReadonlyMap<string, Fact> | undefined {
    return this.#known.get(`${organization} ${member} ${version}`)
  }

  #set({ organization, member }: Viewer, facts: Set<Fact>): void {
    const key = `${organization} ${member} ${this.#test.source.versionOf(organization)}`
    this.#known.set(key, new Map([...facts].map((fact) => [fact.id, fact])))
  }
}

/** Holds a client to what its viewer may know, with every message. */
function watch(client: TestClient, viewer: Viewer, history: History): void {
  client.onFact = (fact, version) => {
    const known = history.at(viewer, version)?.get(fact.id)
    if (JSON.stringify(known) !== JSON.stringify(fact))
      client.complaints.push(`told ${fact.type} at ${version}`)
  }
  client.socket.on('lease', ({ complete }) => {
    const known = history.at(viewer, complete)
    if (known === undefined) return
    const facts = sorted(known.values())
    if (JSON.stringify(client.known) !== JSON.stringify(facts))
      client.complaints.push(`incomplete at ${complete}`)
    client.complaints.push(...allowedBeyond(client, facts, viewer))
  })
}

/** Decisions of a replica that allow what the facts do not. */
function allowedBeyond(client: TestClient, facts: readonly Fact[], { member }: Viewer): readonly string[] {
  if (member === null) return []
  const truth = new FactSet(facts)
  const at = { now: '2026-03-02T09:00:00.000Z', version: 0 }
  return [...client.facts.parks.all()].flatMap(({ type, id }) =>
    actions
      .map((action) => ({ member, action, resource: { type, id } }))
      .filter(
        (question) => decide(client.facts, question, at).allowed && !decide(truth, question, at).allowed,
      )
      .map(({ action }) => `allowed ${action} on ${id}`),
  )
}

/** Lets memberships lapse and announces it, as the scheduler does. */
function expire({ world, source }: TestChannel): void {
  const open = [...world.facts.members.all()].filter((member) => !isMembershipClosed(member, world.now))
  world.advance({ hours: 2 })
  for (const member of open) {
    if (!isMembershipClosed(member, world.now)) continue
    const { organization: by, id } = member
    source.announce(by, { type: 'membership.expired', by, members: [id] })
  }
}

async function run(test: TestChannel, rows: readonly (readonly number[])[]): Promise<readonly TestClient[]> {
  const { world } = test
  test.source.delaySnapshot = () => setImmediate().then(() => setImmediate())
  const history = new History(test)
  const parties = createParties(world)
  const viewers = new Map<TestClient, Viewer>()
  const connect = (viewer: Viewer) => {
    const { organization, member } = viewer
    const client = member === null ? test.guard(organization) : test.member(member)
    watch(client, viewer, history)
    viewers.set(client, viewer)
  }
  history.record()
  for (const { id: member, organization } of world.facts.members.all()) connect({ organization, member })
  for (const { id: organization } of parties) connect({ organization, member: null })
  for (const [index, row] of rows.entries()) {
    makeMove(world, parties, row)
    history.record()
    const chance = row.at(-1) ?? 0
    if (chance % 13 === 0) {
      expire(test)
      history.record()
    }
    if (chance % 3 === 0) test.source.wake()
    if (chance % 4 !== 0) await setImmediate()
    const members = [...world.facts.members.all()]
    const { id: member = null, organization = '' } = members[chance % members.length] ?? {}
    if (chance % 7 === 0) connect({ organization, member })
    if (chance % 11 === 0) [...viewers.keys()][chance % viewers.size]?.socket.disconnect()
    if (index % 20 === 0) for (const client of viewers.keys()) client.renew()
  }
  await vi.waitFor(
    () => {
      const behind = [...viewers].filter(
        ([{ socket, leases }, { organization }]) =>
          socket.active && leases.at(-1)?.complete !== test.source.versionOf(organization),
      )
      for (const [client] of behind) client.renew()
      expect(behind.map(([client]) => client.summary)).toEqual([])
    },
    { timeout: 10_000, interval: 250 },
  )
  return [...viewers.keys()]
}

const rows = arbitraryRows({ minLength: 40, maxLength: 80 })

it(
  'A5: whatever happens, nobody is told more than its snapshot, and a lease means having been told all of it',
  { timeout: 120_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(rows, async (numbers) => {
        await using test = await startTestChannel({ pollMs: 5 })
        const clients = await run(test, numbers)
        expect(clients.flatMap(({ complaints }) => complaints)).toEqual([])
        expect(clients.filter(({ socket }) => socket.active).length).toBeGreaterThan(0)
        expect(test.logged).toEqual([])
      }),
      { numRuns: 12, endOnFailure: true },
    )
  },
)

it(
  'A5: notices a channel that loses what is committed while it reads (control)',
  { timeout: 60_000 },
  async () => {
    const noticed = await fc.check(
      fc.asyncProperty(rows, async (numbers) => {
        await using test = await startTestChannel({ pollMs: 5 })
        test.source.readsVersionLate = true
        const clients = await run(test, numbers)
        expect(clients.flatMap(({ complaints }) => complaints)).toEqual([])
      }),
      { numRuns: 12, endOnFailure: true },
    )
    expect(noticed.failed).toBe(true)
  },
)
