/** A UUIDv7 string. The aliases say what an id names; they are not distinct types. */
export type Id = string

export type OrganizationId = Id
export type UserId = Id
export type MemberId = Id
export type CooperationId = Id
export type ShareId = Id
export type ActId = Id
