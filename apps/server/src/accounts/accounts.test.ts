import { createTestDatabase } from '@drawbridge/db/testing'
import { expect, it } from 'vitest'
import { openAccounts, type Accounts } from './accounts.ts'
import { createAuthPool } from './auth-pool.ts'

const publicUrl = 'http://127.0.0.1:3000'
const person = { name: 'Ada Sommer', email: 'ada@helios.example', password: 'correct horse battery' }

async function startAccounts(url?: string): Promise<Accounts & AsyncDisposable> {
  await using stack = new AsyncDisposableStack()
  const database = url ?? stack.use(await createTestDatabase()).url
  const pool = createAuthPool(database, () => {})
  stack.defer(() => pool.end())
  const accounts = await openAccounts({
    pool,
    secret: 'a secret that only tests know, 32 characters',
    publicUrl,
    allowedOrigins: [publicUrl],
  })
  const open = stack.move()
  return { ...accounts, [Symbol.asyncDispose]: () => open.disposeAsync() }
}

function post(path: string, body: object): Request {
  return new Request(new URL(path, publicUrl), {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: publicUrl },
    body: JSON.stringify(body),
  })
}

/** The bearer token and the cookie that signing in hands out. */
async function signIn(accounts: Accounts): Promise<{ token: string; cookie: string }> {
  const response = await accounts.handle(post('/auth/sign-in/email', person))
  const cookie = response.headers.get('set-cookie')?.split(';')[0] ?? ''
  return { token: response.headers.get('set-auth-token') ?? '', cookie }
}

it('a person who signed up and in is known by a bearer token and by the cookie', async () => {
  await using accounts = await startAccounts()
  const signedUp = await accounts.handle(post('/auth/sign-up/email', person))
  expect(signedUp.status).toBe(200)
  const { token, cookie } = await signIn(accounts)

  const byToken = await accounts.signedIn(new Headers({ authorization: `Bearer ${token}` }), {
    cookies: false,
  })
  expect(byToken?.user).toMatchObject({ name: person.name, email: person.email })
  expect(byToken?.user.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/)
  expect(await accounts.signedIn(new Headers({ cookie }), { cookies: true })).toEqual(byToken)
})

it('a cookie from a page that is not ours counts for nothing', async () => {
  await using accounts = await startAccounts()
  await accounts.ensureUser(person)
  const { cookie } = await signIn(accounts)
  expect(await accounts.signedIn(new Headers({ cookie }), { cookies: false })).toBeNull()
})

it('a wrong, unsigned or cut token signs nobody in, not even beside a good cookie', async () => {
  await using accounts = await startAccounts()
  await accounts.ensureUser(person)
  const { token, cookie } = await signIn(accounts)
  for (const wrong of ['', 'x', token.split('.')[0], `${token}x`, token.slice(0, -4), `x${token}`]) {
    const headers = new Headers({ authorization: `Bearer ${wrong}`, cookie })
    expect(await accounts.signedIn(headers, { cookies: true }), `token ${wrong}`).toBeNull()
  }
})

it('a session that was signed out is among the ended ones', async () => {
  await using accounts = await startAccounts()
  await accounts.ensureUser(person)
  const { token } = await signIn(accounts)
  const headers = new Headers({ authorization: `Bearer ${token}` })
  const session = (await accounts.signedIn(headers, { cookies: false }))?.session.id ?? ''
  expect(await accounts.endedSessions([session, 'unknown'])).toEqual(new Set(['unknown']))

  const signOut = post('/auth/sign-out', {})
  signOut.headers.set('authorization', `Bearer ${token}`)
  expect((await accounts.handle(signOut)).status).toBe(200)
  expect(await accounts.endedSessions([session])).toEqual(new Set([session]))
})

it('nodes that start at once on an empty database take turns', async () => {
  await using database = await createTestDatabase()
  const nodes = await Promise.all([1, 2, 3].map(() => startAccounts(database.url)))
  const users = []
  for (const accounts of nodes) users.push(await accounts.ensureUser(person))
  expect(new Set(users.map(({ id }) => id)).size).toBe(1)
  for (const accounts of nodes) await accounts[Symbol.asyncDispose]()
})
