import type { Binaries } from '../binaries.ts'
import { findBinaries } from '../binaries.ts'
import { EmbeddedPostgresError } from '../errors.ts'
import { startWith } from '../start.ts'
import { query } from './query.ts'

/** What a test asks of a process of its own: started, at SIGINT it asks one question more and stops. */
export interface ChildOrder {
  readonly dataDir: string
  readonly binaries?: Binaries
}

export type ChildAnswer =
  | { readonly url: string; readonly port: number; readonly reused: boolean }
  | { readonly code: string; readonly message: string; readonly log: string }

function say(answer: ChildAnswer): void {
  process.stdout.write(`${JSON.stringify(answer)}\n`)
}

const order: ChildOrder = JSON.parse(process.argv[2] ?? '{}')
try {
  const binaries = order.binaries ?? (await findBinaries())
  const server = await startWith(binaries, { dataDir: order.dataDir, durable: false })
  process.once('SIGINT', () => void finish())
  const finish = async (): Promise<void> => {
    await query(server.url, 'SELECT 1')
    await server.stop()
  }
  say({ url: server.url, port: server.port, reused: server.reused })
} catch (error) {
  if (!(error instanceof EmbeddedPostgresError)) throw error
  say({ code: error.code, message: error.message, log: error.log })
}
