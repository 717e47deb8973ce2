import type { MemberId, OrganizationId } from '@drawbridge/core'
import type { World } from '@drawbridge/core/testing'
import type { Authenticator, Principal } from '../ports.ts'

/** Tokens of members and keys, which can be ended. */
export class TestAuthenticator implements Authenticator {
  /** `ended` is not answered until it resolves. */
  gate: Promise<void> | null = null
  isDown = false
  readonly #principals = new Map<string, Principal>()
  readonly #ended = new Set<string>()
  readonly #world: World

  constructor(world: World) {
    this.#world = world
  }

  memberToken(id: MemberId, changes: Partial<Principal> = {}): string {
    const member = this.#world.facts.members.get(id)
    if (member === undefined) throw new Error('no such member')
    const { organization, role, expiresAt: membershipExpiresAt } = member
    const audiences = role === 'admin' ? (['member', 'organization'] as const) : (['member'] as const)
    return this.#add({
      organization,
      member: id,
      role,
      audiences,
      expiresAt: null,
      membershipExpiresAt,
      ...changes,
    })
  }

  keyToken(organization: OrganizationId, audiences: Principal['audiences'] = ['organization']): string {
    return this.#add({
      organization,
      member: null,
      role: 'key',
      audiences,
      expiresAt: null,
      membershipExpiresAt: null,
    })
  }

  end(token: string): void {
    this.#ended.add(token)
  }

  async authenticate({ token, headers }: { readonly token: string | null; readonly headers: Headers }) {
    if (this.isDown) throw new Error('the database is down')
    const credential = token ?? headers.get('cookie')
    return credential === null || this.#ended.has(credential)
      ? null
      : (this.#principals.get(credential) ?? null)
  }

  async ended(credentials: readonly string[]): Promise<ReadonlySet<string>> {
    await this.gate
    if (this.isDown) throw new Error('the database is down')
    return new Set(credentials.filter((credential) => this.#ended.has(credential)))
  }

  #add(principal: Omit<Principal, 'credential'>): string {
    const credential = this.#world.newId()
    this.#principals.set(credential, { credential, ...principal })
    return credential
  }
}
