import type { Caller, Decisions, Executor, Reads } from './ports.ts'

/** What procedures work with. */
export interface Services {
  readonly executor: Executor
  readonly reads: Reads
  readonly decisions: Decisions
  /** Makes the identifier of a new organization from its name. */
  readonly newIdentifier: (name: string) => string
  /** Told how each call of a procedure came out: `ok`, or an error's code. */
  readonly observe: (call: {
    readonly procedure: string
    readonly outcome: string
    readonly seconds: number
  }) => void
}

/** What a request brings; an alias, because the adapter wants an index signature. */
export type Context = {
  readonly services: Services
  /** Checks the request's credential once, when it is first asked for. */
  readonly callerOf: () => Promise<Caller | null>
}

/** The context of one request, whose calls share the caller. */
export function createContext(services: Services, checkCaller: () => Promise<Caller | null>): Context {
  let caller: Promise<Caller | null> | undefined
  return { services, callerOf: () => (caller ??= checkCaller()) }
}
