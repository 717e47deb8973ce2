import type { Cause, Id, MemberId } from '@drawbridge/core'

/** A cause names to a member only what that member knows, and no other member. */
export function narrowCause(cause: Cause, member: MemberId, isKnown: (id: Id) => boolean): Cause {
  const { type, by, organizations, cooperation, shares, members, resource } = cause
  return {
    type,
    by,
    ...(organizations && { organizations: organizations.filter(isKnown) }),
    ...(cooperation !== undefined && isKnown(cooperation) && { cooperation }),
    ...(shares && { shares: shares.filter(isKnown) }),
    ...(members && { members: members.filter((id) => id === member) }),
    ...(resource && isKnown(resource.id) && { resource }),
  }
}
