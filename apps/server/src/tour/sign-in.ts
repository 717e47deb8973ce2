/** Signs in and answers the session token that an app passes on as `getToken`. */
export async function signIn(url: string, email: string, password: string): Promise<string> {
  const response = await fetch(new URL('/auth/sign-in/email', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: new URL(url).origin },
    body: JSON.stringify({ email, password }),
  })
  const token = response.headers.get('set-auth-token')
  if (!response.ok || token === null) {
    throw new Error(
      `cannot sign in as ${email} (${response.status}); the tour needs the sample data of SEED=demo`,
    )
  }
  return token
}
