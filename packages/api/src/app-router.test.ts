import type { Decision, ShareableRole } from '@drawbridge/core'
import type { ErrorBody } from '@drawbridge/protocol/messages'
import { createTRPCClient, httpBatchLink, TRPCClientError } from '@trpc/client'
import { expect, expectTypeOf, it } from 'vitest'
import type { AppRouter } from './router.ts'
import { testOrigin } from './testing/environment.ts'
import { createMemoryApi, type MemoryApi } from './testing/memory-api.ts'

function createClient(api: MemoryApi, headers: Record<string, string>) {
  return createTRPCClient<AppRouter>({
    links: [
      httpBatchLink({
        url: `${testOrigin}/trpc`,
        methodOverride: 'POST',
        maxItems: 20,
        headers,
        fetch: async (url, init) => api.app.request(String(url), { ...init, signal: null }),
      }),
    ],
  })
}

it('is called by a typed client', async () => {
  await using api = createMemoryApi()
  const client = createClient(api, { ...(await api.signUp('Ada')) })

  const { organization, member, version } = await client.organization.create.mutate({ name: 'Helios' })
  expectTypeOf(organization.identifier).toEqualTypeOf<string | null>()
  expectTypeOf(member.role).toEqualTypeOf<'admin' | 'member'>()
  expectTypeOf(version).toEqualTypeOf<number>()

  const { park, act } = await client.park.create.mutate({ name: 'North', kind: 'wind' })
  expectTypeOf(park.kind).toEqualTypeOf<'solar' | 'wind' | 'storage'>()
  expectTypeOf(act).toEqualTypeOf<string | null>()

  const [decision, me, { items }] = await Promise.all([
    client.access.check.query({ resource: { type: 'park', id: park.id }, action: 'operate' }),
    client.me.get.query(),
    client.cooperation.list.query(),
  ])
  expectTypeOf(decision).toExtend<Decision>()
  expectTypeOf<(typeof items)[number]['status']>().toEqualTypeOf<
    'pending' | 'active' | 'paused' | 'expired'
  >()
  expect(decision).toMatchObject({ allowed: true, role: 'operator' })
  expect(me.member?.id).toBe(member.id)

  type Outputs = Awaited<ReturnType<typeof client.cooperation.pause.mutate>>
  expectTypeOf<Outputs['cooperation']['status']>().toEqualTypeOf<
    'pending' | 'active' | 'paused' | 'expired' | 'declined' | 'cancelled' | 'removed' | 'left'
  >()
  expectTypeOf<Parameters<typeof client.share.setRole.mutate>[0]['role']>().toEqualTypeOf<ShareableRole>()
})

it('tells a typed client the error of the domain', async () => {
  await using api = createMemoryApi()
  const client = createClient(api, { ...(await api.signUp('Ada')) })
  const error = await client.park.list.query().catch((cause: unknown) => cause)
  if (!(error instanceof TRPCClientError)) throw new Error('the call was not refused')
  expect(error.data).toMatchObject({
    httpStatus: 404,
    drawbridge: { code: 'NOT_FOUND', details: { what: 'organization' } },
  })

  type Shape = NonNullable<TRPCClientError<AppRouter>['data']>
  expectTypeOf<Shape['drawbridge']>().toEqualTypeOf<ErrorBody>()
})
