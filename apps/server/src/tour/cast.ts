import { createDrawbridge, type Drawbridge } from '@drawbridge/sdk'
import { sampleOrganizations, samplePassword } from '../sample/people.ts'
import { signIn } from './sign-in.ts'

/** The three people of the story, each with an app that embeds the SDK. */
export interface Cast extends AsyncDisposable {
  /** Admin of the organization that owns the parks. */
  readonly owner: Drawbridge
  /** Admin of the service provider. */
  readonly partner: Drawbridge
  /** The service provider's technician, whose app drops access. */
  readonly technician: Drawbridge
}

export const names = {
  owner: sampleOrganizations.owner.people[0].name,
  partner: sampleOrganizations.serviceProvider.people[0].name,
  technician: sampleOrganizations.serviceProvider.people[1].name,
  app: `${sampleOrganizations.serviceProvider.people[1].name.split(' ')[0] ?? ''}'s app`,
} as const

/** Signs everyone in and waits until their replicas are live. */
export async function assembleCast(url: string): Promise<Cast> {
  await using stack = new AsyncDisposableStack()
  const join = async ({ email }: { readonly email: string }): Promise<Drawbridge> => {
    const token = await signIn(url, email, samplePassword)
    const bridge = stack.use(createDrawbridge({ url, getToken: () => token }))
    await bridge.ready()
    return bridge
  }
  const [admin, technician] = sampleOrganizations.serviceProvider.people
  const cast = {
    owner: await join(sampleOrganizations.owner.people[0]),
    partner: await join(admin),
    technician: await join(technician),
  }
  const moved = stack.move()
  return { ...cast, [Symbol.asyncDispose]: () => moved.disposeAsync() }
}
