import type { Drawbridge } from '@drawbridge/sdk'
import { sampleOrganizations } from '../sample/people.ts'
import { people, type TestServer } from './test-server.ts'

/** The standing of the story's middle: a park is shared, delegated, and the technician's app is live. */
export interface BuiltBridge {
  readonly owner: Drawbridge
  readonly partner: Drawbridge
  readonly technician: Drawbridge
  readonly cooperation: string
  readonly share: string
  readonly park: { readonly type: 'park'; readonly id: string }
}

/** The owner shares its first park as technical-manager; the partner delegates it to its technician. */
export async function buildBridge(server: TestServer, technicianServer = server): Promise<BuiltBridge> {
  const owner = await server.app(people.owner)
  const partner = await server.app(people.partner)
  const technician = await technicianServer.app(people.technician)

  const { identifier } = sampleOrganizations.serviceProvider
  const { cooperation } = await owner.api.cooperation.invite.mutate({ identifier })
  await partner.api.cooperation.accept.mutate({ cooperation: cooperation.id })
  const { items } = await owner.api.park.list.query({})
  const [first] = items
  if (first === undefined) throw new Error('the sample data has no park')
  const park = { type: 'park', id: first.id } as const
  const { share } = await owner.api.share.create.mutate({
    cooperation: cooperation.id,
    resource: park,
    role: 'technical-manager',
  })
  const me = await technician.api.me.get.query()
  if (!me.member) throw new Error('the technician is not a member')
  await partner.api.delegation.grant.mutate({
    share: share.id,
    member: me.member.id,
    role: 'technical-manager',
  })
  return { owner, partner, technician, cooperation: cooperation.id, share: share.id, park }
}
