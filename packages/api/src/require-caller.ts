import {
  DrawbridgeError,
  notFound,
  requireOpenMembership,
  type Member,
  type MemberId,
} from '@drawbridge/core'
import type { Caller, Membership } from './ports.ts'

/** Refuses who is not signed in. */
export function requireCaller(caller: Caller | null): Caller {
  if (caller !== null) return caller
  throw new DrawbridgeError('UNAUTHENTICATED', 'sign in, or send a valid token', {})
}

/** Refuses who belongs to no organization. */
export function requireOrganization({ actor }: Caller): void {
  if (actor.kind === 'user') throw notFound('organization')
}

/** The caller's place in its organization, open or not. */
export function requireMembership({ membership }: Caller): Membership {
  if (membership === null) throw notFound('organization')
  return membership
}

/** The caller's place in its organization, refused while it is paused or expired (O4). */
export function requireOpenPlace(caller: Caller): Membership {
  const membership = requireMembership(caller)
  requireOpenMembership(membership.member, membership.now)
  return membership
}

/** Whether a member manages its organization. */
export function isAdmin({ role }: Member): boolean {
  return role === 'admin'
}

/** Refuses members below admin. */
export function requireAdmin(member: Member): void {
  if (isAdmin(member)) return
  throw new DrawbridgeError('NOT_ADMIN', 'only an admin of the organization can do this', {})
}

/** Whose entries of a list the caller sees: a member below admin only its own, an admin those of `named` or all. */
export function requireOwnView(member: Member, named: MemberId | undefined): MemberId | undefined {
  if (named !== member.id && named !== undefined) requireAdmin(member)
  return isAdmin(member) ? named : member.id
}
