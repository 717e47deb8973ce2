import type { Action, Resource } from '@drawbridge/core'
import { describeReason, type Drawbridge } from '@drawbridge/sdk'
import { sampleOrganizations } from '../sample/people.ts'
import { names, type Cast } from './cast.ts'
import type { Timeline } from './timeline.ts'

/** Plays the whole story once: invite, accept, share, delegate, pause, resume, lower, remove. */
export async function playStory({ owner, partner, technician }: Cast, timeline: Timeline): Promise<void> {
  await endEarlierCooperation(owner)
  const { items: parks } = await owner.api.park.list.query({})
  const park = parks.find(({ name }) => name === 'Witznitz') ?? parks[0]
  if (park === undefined) throw new Error('the sample data has no park')
  const resource = { type: 'park', id: park.id } as const
  const me = await technician.api.me.get.query()
  if (!me.member) throw new Error('the technician is not a member')
  const describe = (): string => describeAccess(technician, resource)

  timeline.chapter('Building the bridge')
  const { identifier } = sampleOrganizations.serviceProvider
  const { cooperation } = await owner.api.cooperation.invite.mutate({ identifier })
  timeline.act(
    names.owner,
    `invites ${sampleOrganizations.serviceProvider.name} by its identifier ${identifier}`,
  )
  await partner.api.cooperation.accept.mutate({ cooperation: cooperation.id })
  timeline.act(names.partner, 'accepts')
  timeline.saw(names.app, `${park.name}: ${describe()}`)

  const { share } = await owner.api.share.create.mutate({
    cooperation: cooperation.id,
    resource,
    role: 'technical-manager',
  })
  timeline.act(
    names.owner,
    `shares ${park.name} (${formatPower(park.peakPowerKw)}) as technical-manager, no more`,
  )
  await settle(() => partner.can('maintain', resource))
  timeline.saw(names.partner, `can maintain ${park.name}; nobody else of the organization reaches it yet`)

  await partner.api.delegation.grant.mutate({
    share: share.id,
    member: me.member.id,
    role: 'technical-manager',
  })
  timeline.act(names.partner, `delegates it to ${names.technician}`)
  await settle(() => technician.can('maintain', resource))
  timeline.saw(names.app, `${park.name}: ${describe()}`)

  timeline.chapter('Pulling it up')
  const paused = dropOf(technician, 'view', resource)
  const pausedAt = performance.now()
  await owner.api.cooperation.pause.mutate({ cooperation: cooperation.id })
  const returnedAt = performance.now()
  timeline.act(names.owner, 'pauses the cooperation')
  const deniedAt = await paused
  timeline.saw(names.app, `${park.name}: ${describe()}`)
  timeline.saw(
    names.app,
    `denied ${formatMs(deniedAt - pausedAt)} after the owner's call began, which itself took ${formatMs(returnedAt - pausedAt)}`,
  )

  await owner.api.cooperation.resume.mutate({ cooperation: cooperation.id })
  timeline.act(names.owner, 'resumes: what stood is open again')
  await settle(() => technician.can('maintain', resource))
  timeline.saw(names.app, `${park.name}: ${describe()}`)

  const lowered = dropOf(technician, 'maintain', resource)
  const loweredAt = performance.now()
  await owner.api.share.setRole.mutate({ share: share.id, role: 'viewer' })
  timeline.act(names.owner, 'lowers the share to viewer')
  timeline.saw(
    names.app,
    `${park.name}: ${describe()}, ${formatMs((await lowered) - loweredAt)} after the call`,
  )

  const removed = dropOf(technician, 'view', resource)
  const removedAt = performance.now()
  await owner.api.cooperation.remove.mutate({ cooperation: cooperation.id })
  timeline.act(names.owner, 'removes the cooperation')
  timeline.saw(names.app, `${park.name}: gone, ${formatMs((await removed) - removedAt)} after the call`)
}

/** An earlier tour may have been stopped halfway. */
async function endEarlierCooperation(owner: Drawbridge): Promise<void> {
  const { items } = await owner.api.cooperation.list.query({
    search: sampleOrganizations.serviceProvider.name,
  })
  for (const { id, status } of items) {
    if (status === 'pending') await owner.api.cooperation.cancel.mutate({ cooperation: id })
    else await owner.api.cooperation.remove.mutate({ cooperation: id })
  }
}

/** The moment at which an app stops being allowed. */
function dropOf(bridge: Drawbridge, action: Action, resource: Resource): Promise<number> {
  const signal = bridge.signal(action, resource)
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(performance.now()), { once: true })
  })
}

async function settle(isSettled: () => boolean): Promise<void> {
  const deadline = performance.now() + 5_000
  while (!isSettled()) {
    if (performance.now() > deadline) throw new Error('the app did not learn of it within 5 s')
    await new Promise((resolve) => setImmediate(resolve))
  }
}

function describeAccess(bridge: Drawbridge, resource: Resource): string {
  const decision = bridge.decide('view', resource)
  return decision.allowed
    ? `allowed to ${decision.actions.join(' and ')}`
    : `denied: ${describeReason(decision, 'en')}`
}

function formatPower(kw: number | null): string {
  return kw === null ? 'unknown power' : `${kw / 1000} MW`
}

function formatMs(ms: number): string {
  return `${ms.toFixed(1)} ms`
}
