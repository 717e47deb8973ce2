import type { Caller, CallerSource, Reads } from '@drawbridge/api'
import { isMembershipClosed } from '@drawbridge/core'
import type { Authenticator, Principal } from '@drawbridge/realtime'
import type { Accounts, SignedIn } from './accounts/accounts.ts'

export interface CallersOptions {
  readonly accounts: Accounts
  readonly reads: Pick<Reads, 'membershipOf'>
  readonly allowedOrigins: readonly string[]
}

/** Credentials as the API and the channel check them: one way for both. */
export function createCallers({
  accounts,
  reads,
  allowedOrigins,
}: CallersOptions): CallerSource & Authenticator {
  const signedIn = (headers: Headers): Promise<SignedIn | null> =>
    accounts.signedIn(headers, { cookies: isOwnOrigin(headers, allowedOrigins) })

  return {
    async callerOf(request): Promise<Caller | null> {
      const found = await signedIn(request.headers)
      if (found === null) return null
      const { user, session } = found
      const membership = await reads.membershipOf(user.id)
      return {
        user,
        membership,
        actor: membership
          ? { kind: 'member', organization: membership.organization.id, member: membership.member.id }
          : { kind: 'user', user: user.id, name: user.name },
        credential: session.id,
      }
    },

    async authenticate({ token, headers }): Promise<Principal | null> {
      if (token !== null && !isHeaderText(token)) return null
      const found = await signedIn(
        token === null ? headers : new Headers({ authorization: `Bearer ${token}` }),
      )
      const membership = found && (await reads.membershipOf(found.user.id))
      if (!membership) return null
      const { member, organization, now } = membership
      const isActiveAdmin = member.role === 'admin' && !isMembershipClosed(member, now)
      return {
        organization: organization.id,
        member: member.id,
        role: member.role,
        audiences: isActiveAdmin ? ['member', 'organization'] : ['member'],
        credential: found.session.id,
        expiresAt: found.session.expiresAt,
        membershipExpiresAt: member.expiresAt,
      }
    },

    ended: (credentials) => accounts.endedSessions(credentials),
  }
}

/** A token with anything else cannot stand in a header, and none of ours has it. */
function isHeaderText(token: string): boolean {
  return /^[\x21-\x7e]+$/.test(token)
}

/** Cookies count only from an own page: an allowed `Origin`, or `Sec-Fetch-Site: same-origin` (contract.md 1). */
function isOwnOrigin(headers: Headers, allowedOrigins: readonly string[]): boolean {
  const origin = headers.get('origin')
  if (origin !== null) return allowedOrigins.includes(origin)
  return headers.get('sec-fetch-site') === 'same-origin'
}
