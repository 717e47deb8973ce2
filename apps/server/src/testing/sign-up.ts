/** Signs a new person up; answers the headers that authenticate its requests. */
export async function signUp(url: string, name: string): Promise<Readonly<Record<string, string>>> {
  const email = `${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '.')}.${crypto.randomUUID()}@test.example`
  const response = await fetch(new URL('/auth/sign-up/email', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: new URL(url).origin },
    body: JSON.stringify({ name, email, password: 'a password for tests' }),
  })
  const token = response.headers.get('set-auth-token')
  if (token === null) throw new Error(`signing up answered ${response.status}`)
  return { authorization: `Bearer ${token}` }
}
