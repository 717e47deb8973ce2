import { createLog } from './create-log.ts'
import { startServer } from './server.ts'
import { readSettings, type Settings } from './settings.ts'
import { assembleCast } from './tour/cast.ts'
import { playStory } from './tour/story.ts'
import { createTimeline } from './tour/timeline.ts'

/** Plays the story against the running server, or against one that it starts for as long. */
async function main(): Promise<void> {
  const settings = readSettings(process.env)
  await using stack = new AsyncDisposableStack()
  const isRunning = await isUp(settings)
  if (!isRunning) stack.use(await startServer(settings, createLog('error')))
  const where = isRunning ? 'against the running server' : 'with a server of its own, as none was running'
  process.stdout.write(`\n  Drawbridge, the tour · ${settings.publicUrl} · ${where}\n`)
  const cast = stack.use(await assembleCast(settings.publicUrl))
  await playStory(
    cast,
    createTimeline((text) => process.stdout.write(text)),
  )
  process.stdout.write('\n')
}

async function isUp({ publicUrl }: Settings): Promise<boolean> {
  try {
    return (await fetch(new URL('/healthz', publicUrl))).ok
  } catch {
    return false
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`drawbridge: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
})
