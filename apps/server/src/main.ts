import { EmbeddedPostgresError } from '@drawbridge/embedded-postgres'
import { createLog } from './create-log.ts'
import { requireNode } from './require-node.ts'
import { startServer } from './server.ts'
import { readSettings } from './settings.ts'
import { describeStart } from './describe-start.ts'

/** A database that hangs must not keep the process from ending. */
const stopWithinMs = 10_000

/** The only place that reads the environment. */
async function main(): Promise<void> {
  const startedAt = performance.now()
  requireNode(process.versions.node)
  const settings = readSettings(process.env)
  const log = createLog(settings.logLevel)
  const server = await startServer(settings, log)
  let isStopping = false
  const stop = (): void => {
    if (isStopping) return
    isStopping = true
    setTimeout(() => fail(new Error('stopping took too long')), stopWithinMs).unref()
    server[Symbol.asyncDispose]().then(
      () => process.exit(0),
      (error: unknown) => fail(error),
    )
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  process.stdout.write(describeStart(settings, performance.now() - startedAt))
}

/** One clear line for the operator; a stack would only hide it. */
function fail(error: unknown): never {
  const message = error instanceof Error ? error.message : String(error)
  process.stderr.write(`drawbridge: ${message}\n`)
  if (error instanceof EmbeddedPostgresError && error.log) process.stderr.write(`${error.log}\n`)
  process.exit(1)
}

main().catch(fail)
