import {
  memberSnapshot,
  organizationSnapshot,
  type Cause,
  type Change,
  type Fact,
  type MemberId,
  type OrganizationId,
} from '@drawbridge/core'
import type { World } from '@drawbridge/core/testing'
import { setImmediate } from 'node:timers/promises'
import type { ChangeSource, VersionedFacts } from '../ports.ts'

/** A world's change log as the feed reads it, with the faults that a database can have. */
export class MemorySource implements ChangeSource {
  readonly epoch = 'epoch-1'
  readonly world: World
  /** Polls and reads reject while it is set. */
  isDown = false
  /** Polls are not answered until it resolves. */
  pollGate: Promise<void> | null = null
  /** What a snapshot waits for between being read and being handed out. */
  delaySnapshot: () => Promise<unknown> = async () => {}
  /** How many changes a poll answers per organization. */
  limit = 200
  /** A broken database, for controls: the version is read after the facts, so what is committed between is lost. */
  readsVersionLate = false
  polls = 0
  snapshots = 0
  readonly #wakes = new Set<(organizations: readonly OrganizationId[]) => void>()
  /** The world's logs, with what it does not know of: announced expiries. */
  readonly #logs = new Map<OrganizationId, { changes: Change[]; taken: number }>()

  constructor(world: World) {
    this.world = world
  }

  async poll(cursors: ReadonlyMap<OrganizationId, number>) {
    this.polls += 1
    await this.pollGate
    await setImmediate()
    if (this.isDown) throw new Error('the database is down')
    const organizations = [...cursors]
    return {
      now: this.world.now,
      heads: new Map(organizations.map(([id]) => [id, this.versionOf(id)])),
      changes: new Map(
        organizations.map(([id, cursor]) => [id, this.#changesOf(id, cursor).slice(0, this.limit)]),
      ),
    }
  }

  versionOf(organization: OrganizationId): number {
    return this.#logOf(organization).changes.at(-1)?.version ?? 0
  }

  /** Appends a change without facts, as an expiry's is. */
  announce(organization: OrganizationId, cause: Cause): void {
    const version = this.versionOf(organization) + 1
    const { world } = this
    this.#logOf(organization).changes.push({ version, act: world.newId(), at: world.now, cause, facts: [] })
  }

  /** Forgets changes up to a version, as a log that is pruned. */
  prune(organization: OrganizationId, upTo: number): void {
    const log = this.#logOf(organization)
    log.changes = log.changes.filter(({ version }) => version > upTo)
  }

  /** Numbers the changes as if some at the end had never been, as a database restored from a backup. */
  goBack(organization: OrganizationId, by: number): void {
    const log = this.#logOf(organization)
    log.changes = log.changes.slice(by).map((change) => ({ ...change, version: change.version - by }))
  }

  async organizationSnapshot(organization: OrganizationId): Promise<VersionedFacts> {
    return this.#read(organization, () => organizationSnapshot(this.world.facts, organization))
  }

  async memberSnapshot(member: MemberId): Promise<VersionedFacts> {
    const organization = this.world.facts.members.get(member)?.organization ?? ''
    return this.#read(organization, () => memberSnapshot(this.world.facts, member, this.world.now))
  }

  onWake(wake: (organizations: readonly OrganizationId[]) => void): Disposable {
    this.#wakes.add(wake)
    return { [Symbol.dispose]: () => this.#wakes.delete(wake) }
  }

  /** Notifies every node. */
  wake(organizations: readonly OrganizationId[] = this.world.organizations): void {
    for (const wake of this.#wakes) wake(organizations)
  }

  async #read(organization: OrganizationId, facts: () => Set<Fact>): Promise<VersionedFacts> {
    this.snapshots += 1
    const delay = this.delaySnapshot
    await setImmediate()
    if (this.isDown) throw new Error('the database is down')
    const read = { version: this.versionOf(organization), facts: [...facts()] }
    await delay()
    return this.readsVersionLate ? { ...read, version: this.versionOf(organization) } : read
  }

  #changesOf(organization: OrganizationId, after: number): readonly Change[] {
    return this.#logOf(organization).changes.filter(({ version }) => version > after)
  }

  #logOf(organization: OrganizationId): { changes: Change[]; taken: number } {
    const log = this.#logs.get(organization) ?? { changes: [], taken: 0 }
    this.#logs.set(organization, log)
    for (const change of this.world.changesOf(organization, log.taken)) {
      log.changes.push({ ...change, version: (log.changes.at(-1)?.version ?? 0) + 1 })
      log.taken = change.version
    }
    return log
  }
}
