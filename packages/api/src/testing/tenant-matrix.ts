import { cooperationActSchema, foundOrganizationSchema } from '@drawbridge/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { procedurePaths } from '../router.ts'
import { answerOf, type CallOutcome } from './caller.ts'
import type { ApiEnvironment } from './environment.ts'
import { openProcedures, tenantRows } from './tenant-rows.ts'
import { createTenant, createUnknownIds, furnishTenant, type Tenant, type TenantIds } from './tenants.ts'

/**
 * Every procedure, called by the admin of a stranger organization: what is another organization's and what is
 * not there answer alike, nothing of the other organization is told, and nothing of it changes (A4).
 */
export function describeTenantMatrix(createEnvironment: () => Promise<ApiEnvironment>): void {
  describe('A4: another organization', () => {
    let scene: Scene
    beforeAll(async () => {
      scene = await createScene(await createEnvironment())
    })
    afterAll(() => scene.environment[Symbol.asyncDispose]())

    it('is tried with every procedure', () => {
      expect([...tenantRows.keys(), ...openProcedures].toSorted()).toEqual(procedurePaths.toSorted())
    })

    it.for([...tenantRows])('is not told from nothing by %s', async ([path, row]) => {
      const { stranger, own, victim } = scene
      const unknown = createUnknownIds()
      const unknownInputs = row(unknown, own)
      for (const [index, input] of row(victim, own).entries()) {
        const outcome = await stranger.call(path, input)
        const unknownInput = unknownInputs[index]
        const namesNothing = JSON.stringify(unknownInput) === JSON.stringify(input)
        const expected = namesNothing ? outcome : await stranger.call(path, unknownInput)
        expect(masked(outcome)).toEqual(masked(expected))
        expect(outcome).not.toMatchObject({ error: { code: 'INTERNAL' } })
        expect(idsTold(outcome, input, victim)).toEqual([])
      }
    })

    it('stands as it stood', async () => {
      expect(await stateOf(scene.victimTenant)).toEqual(scene.before)
    })

    it('I1: is found and invited by whoever has its identifier', async () => {
      const { passerBy, victim } = scene
      const { identifier } = victim
      const found = await answerOf(
        passerBy.call('organization.find', { identifier }),
        foundOrganizationSchema,
      )
      expect(found).toEqual({ identifier, name: 'Victim' })
      const none = await passerBy.call('organization.find', { identifier: createUnknownIds().identifier })
      expect(none).toEqual({ ok: true, data: null })

      const invited = await answerOf(
        passerBy.call('cooperation.invite', { identifier }),
        cooperationActSchema,
      )
      expect(invited.cooperation).toMatchObject({ invitee: victim.organization, status: 'pending' })
      const refused = await passerBy.call('cooperation.invite', { identifier: createUnknownIds().identifier })
      expect(refused).toMatchObject({
        ok: false,
        error: { code: 'NOT_FOUND', details: { what: 'organization' } },
      })
    })
  })
}

interface Scene {
  readonly environment: ApiEnvironment
  readonly stranger: Tenant
  readonly own: TenantIds
  readonly victim: TenantIds
  readonly victimTenant: Tenant
  readonly passerBy: Tenant
  readonly before: unknown
}

async function createScene(environment: ApiEnvironment): Promise<Scene> {
  const create = (name: string) => createTenant(environment, name)
  const victimTenant = await create('Victim')
  const stranger = await create('Stranger')
  const passerBy = await create('Passer-by')
  const victim = await furnishTenant(victimTenant, {
    partner: await create('Partner'),
    invited: await create('Invited'),
  })
  // Partners of its own: a shared one would be told of both.
  const own = await furnishTenant(stranger, {
    partner: await create('Friend'),
    invited: await create('Guest'),
  })
  const before = await stateOf(victimTenant)
  return { environment, stranger, own, victim, victimTenant, passerBy, before }
}

/** All that an organization's admin sees of it, with its version. */
async function stateOf({ call }: Tenant): Promise<unknown> {
  const lists = ['member', 'park', 'portfolio', 'assignment', 'cooperation', 'share', 'delegation']
  return {
    snapshot: await call('access.snapshot'),
    lists: await Promise.all(lists.map((noun) => call(`${noun}.list`))),
  }
}

/** An outcome without what differs from one call to the next. */
function masked(outcome: CallOutcome): unknown {
  return JSON.parse(
    JSON.stringify(outcome)
      .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<id>')
      .replaceAll(/"version":\d+/g, '"version":0')
      .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<instant>'),
  )
}

/** The ids of another organization that an answer tells beyond those that were asked with. */
function idsTold(outcome: CallOutcome, input: unknown, ids: TenantIds): readonly string[] {
  const answer = JSON.stringify(outcome)
  const asked = JSON.stringify(input) ?? ''
  return Object.values(ids).filter((id) => answer.includes(id) && !asked.includes(id))
}
