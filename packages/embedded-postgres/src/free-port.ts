import { createServer } from 'node:net'
import { EmbeddedPostgresError } from './errors.ts'

/** From here up lies Linux's range for outgoing connections, which may hold a port at any moment. */
export const portLimit = 32768

/** Finds the first port at or above `from`, below 32768, that nothing listens on; it may be taken a moment later. */
export async function findFreePort(from: number): Promise<number> {
  for (let port = from; port < portLimit; port++) {
    if (await isFree(port)) return port
  }
  throw new EmbeddedPostgresError('PORT_TAKEN', `every port from ${from} to ${portLimit - 1} is taken`)
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => server.close(() => resolve(true)))
  })
}
