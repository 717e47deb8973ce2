import { describeTenantMatrix } from '@drawbridge/api/testing'
import { signUp } from './testing/sign-up.ts'
import { startTestServer } from './testing/test-server.ts'

describeTenantMatrix(async () => {
  const server = await startTestServer()
  return {
    fetch: (request) => {
      const { pathname, search } = new URL(request.url)
      return fetch(new Request(new URL(pathname + search, server.url), request))
    },
    signUp: (name) => signUp(server.url, name),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
})
