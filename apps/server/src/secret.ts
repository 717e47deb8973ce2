import { randomBytes } from 'node:crypto'
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** The secret that an embedded installation keeps for itself, made on its first start. */
export async function readOrCreateSecret(dataDir: string): Promise<string> {
  const file = join(dataDir, 'secret')
  await mkdir(dataDir, { recursive: true })
  await createOnce(file, randomBytes(32).toString('base64url'))
  const secret = await readFile(file, 'utf8')
  if (secret.length < 32) throw new Error(`${file} holds no secret; remove it to have a new one made`)
  return secret
}

/** Written aside and linked, so that neither a crash nor a second process ever sees half of it. */
async function createOnce(file: string, text: string): Promise<void> {
  const aside = `${file}.${process.pid}`
  await writeFile(aside, text, { mode: 0o600 })
  try {
    await link(aside, file)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  } finally {
    await rm(aside, { force: true })
  }
}
