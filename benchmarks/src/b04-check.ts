import { createTRPCClient, httpLink } from '@trpc/client'
import type { AppRouter } from '@drawbridge/api'
import { compare, type Comparison } from './compare.ts'
import { hammer } from './hammer.ts'
import { startSampleInstallation } from './sample-installation.ts'

/** B4: one decision over HTTP, against fetching one row over HTTP. B5: a hundred decisions in one call. */
export async function run(): Promise<readonly Comparison[]> {
  await using installation = await startSampleInstallation()
  const { url, floorUrl, headers } = installation
  const api = createTRPCClient<AppRouter>({
    links: [httpLink({ url: `${url}/trpc`, headers, methodOverride: 'POST' })],
  })
  const [reached] = (await api.access.list.query({ type: 'park' })).items
  if (reached === undefined) throw new Error('the sample member reaches no park')
  const check = { action: 'view', resource: reached.resource }

  const row = {
    name: 'Hono and one pipelined prepared row',
    run: () => hammer(`${floorUrl}/row`, { id: reached.resource.id }),
  }
  const single = {
    name: 'POST /v1/check by a session',
    run: () => hammer(`${url}/v1/check`, check, headers),
  }
  const hundred = {
    name: 'access.checkMany(100), in checks',
    run: async () => {
      const sample = await hammer(
        `${url}/trpc/access.checkMany`,
        { checks: Array.from({ length: 100 }, () => check) },
        headers,
      )
      return { ...sample, perSecond: sample.perSecond * 100 }
    },
  }
  return [
    await compare({ benchmark: 'B4  one check over HTTP', goal: '≥ 0.8' }, row, single),
    await compare({ benchmark: 'B5  checkMany(100) over HTTP', goal: '≥ 8' }, row, hundred),
  ]
}
