import { describe, expect, it } from 'vitest'
import { newId } from '../execution/new-id.ts'
import { cooperate, createActing } from '../testing/create-acting.ts'
import { createTestDatabase, type TestDatabase } from '../testing/create-test-database.ts'

describe('the tables', () => {
  it('O1: keep one membership per user', async () => {
    await using scene = await createScene()
    const add = `insert into member (id, organization_id, user_id, name, role) values ($1, $2, 'user of Helios', 'x', 'member')`
    await expect(scene.sql(add, [newId(), scene.receiver])).rejects.toThrow('member_user_unique')
  })

  it('O3: keep a provisioned member from being an admin, and any member from being nobody', async () => {
    await using scene = await createScene()
    const add =
      'insert into member (id, organization_id, external_id, name, role) values ($1, $2, $3, $4, $5)'
    const admin = [newId(), scene.owner, 'ext', 'x', 'admin']
    await expect(scene.sql(add, admin)).rejects.toThrow('member_admin_check')
    await expect(scene.sql(add, [newId(), scene.owner, null, 'x', 'member'])).rejects.toThrow(
      'member_person_check',
    )
    await scene.sql(add, [newId(), scene.owner, 'ext', 'x', 'member'])
    const again = [newId(), scene.owner, 'ext', 'y', 'member']
    await expect(scene.sql(add, again)).rejects.toThrow('member_external_id_unique')
    await expect(scene.sql(`update member set role = 'owner' where user_id is not null`)).rejects.toThrow(
      'member_role_check',
    )
  })

  it('O2: give an identifier to every organization but a placeholder', async () => {
    await using scene = await createScene()
    const add = `insert into organization (id, name, identifier, status, time_zone) values ($1, 'x', $2, $3, 'UTC')`
    for (const values of [
      [newId(), 'x', 'placeholder'],
      [newId(), null, 'registered'],
    ]) {
      await expect(scene.sql(add, values)).rejects.toThrow('organization_identifier_check')
    }
    await expect(scene.sql(add, [newId(), 'helios', 'registered'])).rejects.toThrow(
      'organization_identifier_unique',
    )
  })

  it('C1: keep one cooperation per pair, whoever invited, between two organizations', async () => {
    await using scene = await createScene()
    const add = `insert into cooperation (id, initiator_id, invitee_id, state) values ($1, $2, $3, 'pending')`
    for (const sides of [
      [scene.owner, scene.receiver],
      [scene.receiver, scene.owner],
    ]) {
      await expect(scene.sql(add, [newId(), ...sides])).rejects.toThrow('cooperation_pair_unique')
    }
    await expect(scene.sql(add, [newId(), scene.owner, scene.owner])).rejects.toThrow(
      'cooperation_sides_check',
    )
  })

  it('S2: refuse to store an operator that crosses', async () => {
    await using scene = await createScene()
    await expect(scene.sql(`update share set role = 'operator'`)).rejects.toThrow('share_role_check')
    await expect(scene.sql(`update delegation set role = 'operator'`)).rejects.toThrow(
      'delegation_role_check',
    )
  })

  it('S3: keep one share per cooperation and resource, on exactly one resource', async () => {
    await using scene = await createScene()
    const add = `insert into share (id, cooperation_id, owner_id, receiver_id, park_id, portfolio_id, role)
      select $1, cooperation_id, owner_id, receiver_id, $2, $3, role from share limit 1`
    await expect(scene.sql(add, [newId(), scene.park, null])).rejects.toThrow('share_park_unique')
    await expect(scene.sql(add, [newId(), scene.park, scene.portfolio])).rejects.toThrow(
      'share_resource_check',
    )
    await expect(scene.sql(add, [newId(), null, null])).rejects.toThrow('share_resource_check')
    await scene.sql(add, [newId(), null, scene.portfolio])
    await expect(scene.sql(add, [newId(), null, scene.portfolio])).rejects.toThrow('share_portfolio_unique')
  })

  it('keep one delegation, one assignment and one entry of each pair', async () => {
    await using scene = await createScene()
    const copy = (table: string, columns: string) =>
      scene.sql(`insert into ${table} (id, ${columns}) select $1, ${columns} from ${table} limit 1`, [
        newId(),
      ])
    await expect(copy('delegation', 'organization_id, share_id, member_id, role')).rejects.toThrow(
      'delegation_unique',
    )
    await expect(copy('assignment', 'organization_id, member_id, park_id, role')).rejects.toThrow(
      'assignment_park_unique',
    )
    await expect(copy('portfolio_entry', 'organization_id, portfolio_id, park_id')).rejects.toThrow(
      'portfolio_entry_unique',
    )
  })

  it('S6: let nothing point at what is gone', async () => {
    await using scene = await createScene()
    for (const table of ['organization', 'member', 'cooperation', 'share', 'park', 'portfolio']) {
      await expect(scene.sql(`delete from ${table}`)).rejects.toThrow('foreign key constraint')
    }
  })

  it('U3: append to the audit log and never alter it', async () => {
    await using scene = await createScene()
    for (const change of [
      'update audit_entry set command = command',
      'delete from audit_entry',
      'truncate audit_entry',
    ]) {
      await expect(scene.sql(change)).rejects.toThrow('append-only')
    }
    expect((await scene.sql('select id from audit_entry')).length).toBeGreaterThan(0)
  })

  it('V3: keep each version of an organization once', async () => {
    await using scene = await createScene()
    const copy = `insert into change_log select * from change_log limit 1`
    await expect(scene.sql(copy)).rejects.toThrow('change_log_pkey')
  })
})

/** Two organizations that cooperate, with one of everything. */
async function createScene() {
  const database: TestDatabase = await createTestDatabase()
  const [helios, borealis] = [
    await createActing(database, 'Helios'),
    await createActing(database, 'Borealis'),
  ]
  const cooperation = await cooperate(helios, borealis)
  const park = await helios.make('park.create', { name: 'North' })
  const portfolio = await helios.make('portfolio.create', { name: 'All' })
  await helios.run('portfolio.addPark', { portfolio, park })
  const resource = { type: 'park', id: park } as const
  await helios.run('assignment.grant', { member: helios.member, resource, role: 'operator' })
  const share = await helios.make('share.create', { cooperation, resource, role: 'technical-manager' })
  const member = await borealis.make('member.provision', { externalId: 'ada', name: 'Ada' })
  await borealis.run('delegation.grant', { share, member, role: 'viewer' })
  return {
    sql: database.sql,
    owner: helios.organization,
    receiver: borealis.organization,
    park,
    portfolio,
    [Symbol.asyncDispose]: () => database.close(),
  }
}
