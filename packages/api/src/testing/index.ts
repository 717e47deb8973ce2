export { answerOf, createCaller, type CallOutcome, type TestCaller } from './caller.ts'
export { testOrigin, type ApiEnvironment } from './environment.ts'
export { describeTenantMatrix } from './tenant-matrix.ts'
