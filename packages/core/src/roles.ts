/** The job roles, as data: adding one is adding a line here (semantics.md, Words). */
const jobRoles = {
  viewer: { actions: ['view'], shareable: true },
  'technical-manager': { actions: ['view', 'maintain'], shareable: true },
  operator: { actions: ['view', 'maintain', 'operate'], shareable: false },
} as const

type JobRoles = typeof jobRoles

export type Role = keyof JobRoles
export type Action = JobRoles[Role]['actions'][number]

/** A role that may cross to another organization (S2). */
export type ShareableRole = { [R in Role]: JobRoles[R]['shareable'] extends true ? R : never }[Role]

/** Every job role. */
export const roles = Object.keys(jobRoles).filter(isRole)

/** Every action that some role contains. */
export const actions: readonly Action[] = [...new Set(roles.flatMap((role) => actionsOf(role)))]

/** The roles that may cross to another organization (S2). */
export const shareableRoles = roles.filter(isShareable)

/** Whether a value from outside names a job role. */
export function isRole(value: string): value is Role {
  return Object.hasOwn(jobRoles, value)
}

/** Whether a role may cross to another organization (S2). */
export function isShareable(role: Role): role is ShareableRole {
  return jobRoles[role].shareable
}

/** The actions that a role contains. */
export function actionsOf(role: Role): readonly Action[] {
  return jobRoles[role].actions
}

/** Whether `larger` contains every action of `smaller`; roles are compared by this alone, never by rank. */
export function contains(larger: Role, smaller: Role): boolean {
  return isWithin(actionsOf(smaller), actionsOf(larger))
}

/** The actions that two roles have in common. */
export function commonActions(a: Role, b: Role): readonly Action[] {
  return actionsOf(a).filter((action) => actionsOf(b).includes(action))
}

/** The largest role whose actions all lie within `granted`, or null when none does. */
export function largestRoleWithin(granted: readonly Action[]): Role | null {
  const candidates = roles.filter((role) => isWithin(actionsOf(role), granted))
  return candidates.reduce<Role | null>(
    (best, role) => (best === null || actionsOf(role).length > actionsOf(best).length ? role : best),
    null,
  )
}

/** Whether every action of `inner` is in `outer`. */
export function isWithin(inner: readonly Action[], outer: readonly Action[]): boolean {
  return inner.every((action) => outer.includes(action))
}
