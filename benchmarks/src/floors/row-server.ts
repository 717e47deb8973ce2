import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import pg from 'pg'

// The least that a check over HTTP can be: parse the body, fetch one row by its key, answer JSON.
const clients = await Promise.all(
  [1, 2, 3, 4].map(async () => {
    const client = new pg.Client({ connectionString: process.env['DATABASE_URL'], pipeline: true })
    await client.connect()
    return client
  }),
)
let next = 0

const app = new Hono()
app.post('/row', async (context) => {
  const { id }: { id: string } = await context.req.json()
  next = (next + 1) % clients.length
  const result = await clients[next]?.query({
    name: 'row',
    text: 'select id, role, expires_at from delegation where id = $1',
    values: [id],
  })
  return context.json(result?.rows[0] ?? null)
})
const port = Number(process.env['PORT'])
serve({ fetch: app.fetch, port, hostname: '127.0.0.1' }, () => process.stdout.write('floor is ready\n'))
process.on('SIGTERM', () => process.exit(0))
