import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Binaries } from './binaries.ts'
import type { DataDir, User } from './data-dir.ts'
import { EmbeddedPostgresError } from './errors.ts'
import { runProgram } from './run-program.ts'

/** How PostgreSQL's programs are run here: what stands before them, and whose the files must be. */
export interface Launcher {
  readonly prefix: readonly string[]
  readonly owner?: User
  readonly endsWithParent: boolean
}

const direct: Launcher = { prefix: [], endsWithParent: false }
const endWithParent = ['setpriv', '--pdeathsig', 'INT']
const plain: Launcher = { prefix: endWithParent, endsWithParent: true }

/** Chooses the first way that reaches both the programs and the data folder; root is never PostgreSQL's user. */
export async function chooseLauncher(binaries: Binaries, dataDir: DataDir): Promise<Launcher> {
  if (process.platform !== 'linux') return direct
  const root = process.getuid?.() === 0
  let output = ''
  for (const launcher of root ? await waysForRoot(dataDir) : [plain]) {
    const probe = [
      'sh',
      '-c',
      'test -x "$1" && exec "$2" --version',
      'sh',
      dirname(dataDir.path),
      binaries.postgres,
    ]
    const finished = await runProgram([...launcher.prefix, ...probe])
    if (finished.ok) return launcher
    output += `${finished.output}\n`
  }
  if (!root) return direct
  throw new EmbeddedPostgresError(
    'UNSUPPORTED_PLATFORM',
    'PostgreSQL refuses to run as root, and neither a user namespace nor another user works here: start as a plain user, or use a database of your own',
    { log: output },
  )
}

async function waysForRoot({ path, owner }: DataDir): Promise<Launcher[]> {
  const users = await readUsers()
  const known = users.some(({ uid }) => uid === owner.uid)
  // In the folder of a user the files are that user's. initdb needs a name for its user, the server does not.
  if (owner.uid !== 0 && (known || existsSync(join(path, 'PG_VERSION')))) return asUser(owner)
  const other = users.find(({ name }) => name === 'postgres') ?? users.find(({ name }) => name === 'nobody')
  const anybody = other ?? users.find(({ uid }) => uid !== 0)
  return anybody === undefined ? [] : [inNamespace(anybody), ...asUser(anybody)]
}

/** Inside the namespace the user has another number; outside it is still root's own files, without root's powers. */
function inNamespace({ uid, gid }: User): Launcher {
  const prefix = ['unshare', '--user', `--map-user=${uid}`, `--map-group=${gid}`, ...endWithParent]
  return { prefix, endsWithParent: true }
}

/** The second form may enter closed folders (a home with mode 700), so that nothing has to be copied out of them. */
function asUser({ uid, gid }: User): Launcher[] {
  const prefix = [...endWithParent, `--reuid=${uid}`, `--regid=${gid}`, '--clear-groups']
  // access(2), by which PostgreSQL finds its own files, ignores capabilities but for this bit.
  const enterAll = [
    '--securebits=+no_setuid_fixup',
    '--inh-caps=+dac_override',
    '--ambient-caps=+dac_override',
  ]
  const owner = { uid, gid }
  return [
    { prefix, owner, endsWithParent: true },
    { prefix: [...prefix, ...enterAll], owner, endsWithParent: true },
  ]
}

async function readUsers(): Promise<(User & { name: string })[]> {
  const lines = (await readFile('/etc/passwd', 'utf8').catch(() => '')).split('\n')
  return lines.flatMap((line) => {
    const [name, , uid, gid] = line.split(':')
    return name === undefined || gid === undefined ? [] : [{ name, uid: Number(uid), gid: Number(gid) }]
  })
}
