import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { vi } from 'vitest'

/** Waits until a condition holds. */
export async function waitUntil(holds: () => boolean): Promise<void> {
  await vi.waitUntil(holds, { timeout: 15_000, interval: 10 })
}

/** Waits until the server of a data folder has shut down cleanly. */
export async function waitUntilStopped(dataDir: string): Promise<void> {
  await waitUntil(() => !existsSync(join(dataDir, 'postmaster.pid')))
}

/** The process that serves a data folder. */
export async function postmasterOf(dataDir: string): Promise<number> {
  const file = join(dataDir, 'postmaster.pid')
  await waitUntil(() => existsSync(file))
  return Number.parseInt(await readFile(file, 'utf8'), 10)
}
