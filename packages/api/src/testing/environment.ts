/** An API to test, over any implementation of its ports, with nobody in it but who signs up. */
export interface ApiEnvironment extends AsyncDisposable {
  /** Answers a request to `http://drawbridge.test`. */
  readonly fetch: (request: Request) => Promise<Response>
  /** Signs up a new user; answers the headers that authenticate its requests. */
  readonly signUp: (name: string) => Promise<Readonly<Record<string, string>>>
}

/** The origin that requests to an environment name. */
export const testOrigin = 'http://drawbridge.test'
