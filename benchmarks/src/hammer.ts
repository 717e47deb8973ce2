import autocannon from 'autocannon'
import type { Sample } from './compare.ts'

const seconds = 4
const connections = 64

/** Posts one JSON body over 64 connections for 4 seconds; anything but 2xx is a failure of the benchmark. */
export async function hammer(
  url: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Sample> {
  const result = await autocannon({
    url,
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...headers },
    connections,
    duration: seconds,
  })
  if (result.non2xx > 0 || result.errors > 0) {
    throw new Error(`${url}: ${result.non2xx} answers were not 2xx, ${result.errors} requests failed`)
  }
  return { perSecond: result.requests.average, p99Ms: result.latency.p99 }
}
