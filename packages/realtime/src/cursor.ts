import type { MemberId, OrganizationId } from '@drawbridge/core'
import type { Audience } from '@drawbridge/protocol/messages'
import type { Principal } from './ports.ts'

/** Whose view a cursor continues; it is worth nothing to any other. */
export interface CursorOwner {
  readonly epoch: string
  readonly organization: OrganizationId
  readonly member: MemberId | null
  readonly audience: Audience
  readonly role: Principal['role']
}

/** What does not continue: sent where only a fresh snapshot may follow. */
export const noCursor = ''

/** The part of a cursor that stays the same from version to version. */
export function cursorPrefix({ epoch, organization, member, audience, role }: CursorOwner): string {
  const identity = JSON.stringify([epoch, organization, member, audience, role])
  return `${Buffer.from(identity).toString('base64url')}.`
}

/**
 * The version that a cursor from outside continues, or null when it is not this owner's. It needs no signature: it
 * only selects what to tell again to someone who may know all of it.
 */
export function readCursor(cursor: string, owner: CursorOwner): number | null {
  const prefix = cursorPrefix(owner)
  if (!cursor.startsWith(prefix)) return null
  const version = cursor.slice(prefix.length)
  return /^\d{1,15}$/.test(version) ? Number(version) : null
}
