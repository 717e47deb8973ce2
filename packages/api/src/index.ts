export { createApi, type ApiOptions } from './create-api.ts'
export { createIdentifier } from './identifier.ts'
export type {
  Caller,
  CallerSource,
  Check,
  CooperationView,
  Decisions,
  Execution,
  Executor,
  Log,
  Membership,
  OrganizationName,
  Page,
  PageOf,
  ReachedResource,
  ReachingMember,
  Readiness,
  Reads,
  ShareView,
} from './ports.ts'
export type { AppRouter } from './router.ts'
