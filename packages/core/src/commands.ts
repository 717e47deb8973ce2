import type { Park, Resource } from './facts.ts'
import type { CooperationId, Id, MemberId, ShareId, UserId } from './ids.ts'
import type { ExpirationInput } from './instant.ts'
import type { Role } from './roles.ts'

/** What may be set on a park; what is left out stays, and null clears. */
export type ParkData = Partial<Pick<Park, 'kind' | 'peakPowerKw' | 'location' | 'externalId'>>

/** Every command by its name, which is its tRPC procedure's, with its input (contract.md 2). */
export interface CommandInputs {
  'organization.create': { name: string; identifier: string; timeZone?: string }
  'organization.update': { name?: string; timeZone?: string }
  'organization.remove': Record<never, never>

  /** Not a procedure: how a user joins, once an invitation (or the sample data) has named it. */
  'member.add': { user: UserId; name: string; role: 'admin' | 'member' }
  'member.provision': { externalId: string; name: string }
  'member.setRole': { member: MemberId; role: 'admin' | 'member' }
  'member.pause': { member: MemberId }
  'member.resume': { member: MemberId }
  'member.setExpiration': { member: MemberId; expiresAt: ExpirationInput | null }
  'member.remove': { member: MemberId }
  'member.leave': Record<never, never>

  'park.create': { name: string } & ParkData
  'park.update': { park: Id; name?: string } & ParkData
  'park.remove': { park: Id }

  'portfolio.create': { name: string; externalId?: string | null }
  'portfolio.update': { portfolio: Id; name?: string; externalId?: string | null }
  'portfolio.addPark': { portfolio: Id; park: Id }
  'portfolio.removePark': { portfolio: Id; park: Id }
  'portfolio.remove': { portfolio: Id }

  'assignment.grant': { member: MemberId; resource: Resource; role: Role }
  'assignment.revoke': { member: MemberId; resource: Resource }

  'cooperation.invite': { identifier: string }
  'cooperation.accept': { cooperation: CooperationId }
  'cooperation.decline': { cooperation: CooperationId }
  'cooperation.cancel': { cooperation: CooperationId }
  'cooperation.pause': { cooperation: CooperationId }
  'cooperation.resume': { cooperation: CooperationId }
  'cooperation.setExpiration': { cooperation: CooperationId; expiresAt: ExpirationInput | null }
  'cooperation.remove': { cooperation: CooperationId }
  'cooperation.leave': { cooperation: CooperationId }

  'share.create': ShareInput
  'share.createMany': { shares: readonly ShareInput[] }
  'share.setRole': { share: ShareId; role: Role }
  'share.setExpiration': { share: ShareId; expiresAt: ExpirationInput | null }
  'share.pause': ShareTarget
  'share.resume': ShareTarget
  'share.remove': { share: ShareId }

  'delegation.grant': { share: ShareId; member: MemberId; role: Role; expiresAt?: ExpirationInput | null }
  'delegation.grantMany': { shares: readonly ShareId[]; members: readonly MemberId[]; role: Role }
  'delegation.revoke': { share: ShareId; member: MemberId }
}

export interface ShareInput {
  readonly cooperation: CooperationId
  readonly resource: Resource
  readonly role: Role
  readonly expiresAt?: ExpirationInput | null
}

/** One share, or all that the caller gave in a cooperation (S8). */
export type ShareTarget = { readonly share: ShareId } | { readonly cooperation: CooperationId }

export type CommandType = keyof CommandInputs

/** One command with its input. */
export type Command<T extends CommandType = CommandType> = {
  [K in T]: { readonly type: K; readonly input: CommandInputs[K] }
}[T]
