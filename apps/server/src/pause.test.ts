import { expect, it, vi } from 'vitest'
import { buildBridge } from './testing/bridge-built.ts'
import { startTestServer } from './testing/test-server.ts'

it('C5: a pause reaches the SDK over a real socket, and resuming opens what stands', async () => {
  await using server = await startTestServer()
  const { owner, technician, cooperation, park } = await buildBridge(server)
  await vi.waitFor(() => expect(technician.can('maintain', park)).toBe(true))
  const paused: unknown[] = []
  technician.on('paused', (event) => paused.push(event))
  const signal = technician.signal('view', park)

  await owner.api.cooperation.pause.mutate({ cooperation })

  await vi.waitFor(() => expect(technician.can('view', park)).toBe(false))
  expect(technician.status.current).toBe('live')
  expect(technician.decide('view', park)).toMatchObject({
    allowed: false,
    reason: 'cooperation_paused',
    by: { name: 'Helios Energie' },
  })
  expect(signal.aborted).toBe(true)
  expect(paused).toHaveLength(1)

  await owner.api.cooperation.resume.mutate({ cooperation })
  await vi.waitFor(() => expect(technician.can('maintain', park)).toBe(true))
})

it('S6: lowering the ceiling takes maintain from the delegate, and removing the share takes the rest', async () => {
  await using server = await startTestServer()
  const { owner, technician, share, park } = await buildBridge(server)
  await vi.waitFor(() => expect(technician.can('maintain', park)).toBe(true))

  await owner.api.share.setRole.mutate({ share, role: 'viewer' })
  await vi.waitFor(() => expect(technician.can('maintain', park)).toBe(false))
  expect(technician.can('view', park)).toBe(true)

  await owner.api.share.remove.mutate({ share })
  await vi.waitFor(() => expect(technician.can('view', park)).toBe(false))
  await vi.waitFor(() => expect(technician.decide('view', park).reason).toBe('no_path'))
})

it('a mutation resolves once the own replica has applied it', async () => {
  await using server = await startTestServer()
  const { owner } = await buildBridge(server)
  const { park } = await owner.api.park.create.mutate({ name: 'Lauchhammer', peakPowerKw: 55_000 })
  expect(owner.can('operate', { type: 'park', id: park.id })).toBe(true)
})

it('the server and the SDK decide alike, before and after a pause', async () => {
  await using server = await startTestServer()
  const { owner, technician, cooperation, park } = await buildBridge(server)
  const compare = async (): Promise<void> => {
    const { version: _, ...asked } = await technician.api.access.check.query({
      action: 'maintain',
      resource: park,
    })
    await vi.waitFor(() => {
      const { version: _, ...own } = technician.decide('maintain', park)
      expect(own).toEqual(asked)
    })
  }
  await compare()
  await owner.api.cooperation.pause.mutate({ cooperation })
  await compare()
})

it('O4: a paused member stays connected, is denied everything and told why, and works again after resume', async () => {
  await using server = await startTestServer()
  const { partner, technician, park } = await buildBridge(server)
  await vi.waitFor(() => expect(technician.can('maintain', park)).toBe(true))
  const { items } = await partner.api.member.list.query({})
  const member = items.find(({ role }) => role === 'member')?.id ?? ''

  await partner.api.member.pause.mutate({ member })
  await vi.waitFor(() => expect(technician.decide('view', park).reason).toBe('membership_paused'))
  expect(technician.status.current).toBe('live')
  await expect(technician.api.access.list.query({})).rejects.toMatchObject({ code: 'MEMBERSHIP_PAUSED' })

  await partner.api.member.resume.mutate({ member })
  await vi.waitFor(() => expect(technician.can('maintain', park)).toBe(true))
})
