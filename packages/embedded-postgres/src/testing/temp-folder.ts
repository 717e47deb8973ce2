import { chmodSync, mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface TempFolder extends Disposable {
  readonly path: string
  /** A place for a cluster, not yet made. */
  readonly dataDir: string
}

const roomForClusters = 2 ** 30

/** Makes a folder that every user may enter and that goes away with its scope; in memory where there is room. */
export function makeTempFolder(base = hasRoom('/dev/shm') ? '/dev/shm' : tmpdir()): TempFolder {
  const path = mkdtempSync(join(base, 'drawbridge-postgres-'))
  chmodSync(path, 0o755)
  return {
    path,
    dataDir: join(path, 'data'),
    [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true, maxRetries: 10 }),
  }
}

function hasRoom(path: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(path)
    return bavail * bsize > roomForClusters
  } catch {
    return false
  }
}
