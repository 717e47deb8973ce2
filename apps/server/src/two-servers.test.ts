import { expect, it, vi } from 'vitest'
import { buildBridge } from './testing/bridge-built.ts'
import { startTestServer } from './testing/test-server.ts'

it('a pause on one server reaches an SDK on the other', async () => {
  await using first = await startTestServer()
  await using second = await startTestServer(first.databaseUrl)
  const { owner, technician, cooperation, park } = await buildBridge(first, second)
  await vi.waitFor(() => expect(technician.can('maintain', park)).toBe(true))

  await owner.api.cooperation.pause.mutate({ cooperation })
  await vi.waitFor(() => expect(technician.decide('view', park).reason).toBe('cooperation_paused'))
})
