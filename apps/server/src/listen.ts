import { createAdaptorServer } from '@hono/node-server'
import type { Hono } from 'hono'
import { Server } from 'node:http'

/** An HTTP server for an app, not yet listening, so that the channel can attach first. */
export function createHttpServer(app: Hono): Server {
  const server = createAdaptorServer({ fetch: app.fetch })
  if (server instanceof Server) return server
  throw new Error('expected a plain HTTP server')
}

/** Listens, or rejects with the reason, such as a port that is taken. */
export function listen(server: Server, { port, host }: { port: number; host: string }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
}
