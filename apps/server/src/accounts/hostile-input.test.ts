import { expect, it } from 'vitest'
import { startTestServer } from '../testing/test-server.ts'

it('refuses names that are not one line of plain text, and bodies that no sign-up needs', async () => {
  await using server = await startTestServer()
  const signUp = (name: string): Promise<Response> =>
    fetch(new URL('/auth/sign-up/email', server.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: server.url },
      body: JSON.stringify({ name, email: 'mallory@test.example', password: 'a password for tests' }),
    })
  for (const name of ['', 'Nora\r\nBcc: x@evil.example', 'gnp\u202ees', 'x'.repeat(200)]) {
    expect((await signUp(name)).status).toBe(400)
  }
  expect((await signUp('x'.repeat(100_000))).status).toBe(413)
  expect((await signUp('Mallory')).status).toBe(200)
})
