import type { CommandType, DrawbridgeError } from '@drawbridge/core'
import type { EntityManager } from '@mikro-orm/postgresql'
import { AuditEntryEntity } from '../entities/audit-entry.ts'
import { newId } from './new-id.ts'
import type { By } from './record-act.ts'

/** Records a refused command, in the caller's own organization only (U1). */
export async function recordRefusal(
  em: EntityManager,
  refusal: {
    readonly command: CommandType
    readonly by: By
    readonly error: DrawbridgeError
    readonly at: string
  },
): Promise<void> {
  const { command, by, error, at } = refusal
  if (by.actor.kind === 'user') return
  await em.insert(AuditEntryEntity, {
    id: newId(),
    organization: by.actor.organization,
    at: new Date(at),
    act: null,
    command,
    actor: by.actor,
    credential: by.credential,
    cause: null,
    refused: error.code,
    before: [],
    after: [],
  })
}
