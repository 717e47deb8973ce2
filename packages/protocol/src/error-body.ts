import type { ErrorCode, ErrorDetails } from '@drawbridge/core'

/** An error as every route answers it: in the body, or in tRPC's `data.drawbridge` (contract.md 3). */
export type ErrorBody<C extends ErrorCode = ErrorCode> = {
  [K in C]: { readonly code: K; readonly message: string; readonly details: ErrorDetails[K] }
}[C]
