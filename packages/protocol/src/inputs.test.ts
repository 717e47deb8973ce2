import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import * as access from './access.ts'
import * as assignment from './assignment.ts'
import * as cooperation from './cooperation.ts'
import * as delegation from './delegation.ts'
import { expirationSchema } from './expiration.ts'
import { idSchema } from './id.ts'
import * as member from './member.ts'
import * as organization from './organization.ts'
import * as page from './page.ts'
import * as park from './park.ts'
import * as portfolio from './portfolio.ts'
import { refusalOf, shareableRoleSchema } from './role.ts'
import * as share from './share.ts'

const id = '0197a1b2-0000-7000-8000-000000000001'
const wanted = { cooperation: id, resource: { type: 'park', id }, role: 'viewer' }
const check = { resource: { type: 'park', id }, action: 'view' }

describe('every input', () => {
  const strict = Object.entries({
    ...access,
    ...assignment,
    ...cooperation,
    ...delegation,
    ...member,
    ...organization,
    ...page,
    ...park,
    ...portfolio,
    ...share,
  }).flatMap(([name, schema]) =>
    schema instanceof z.ZodType ? strictObjectsIn(schema).map((object) => [name, object] as const) : [],
  )

  it.for(strict)('refuses unknown fields: %s', ([, object]) => {
    const { issues = [] } = object.safeParse({ surprise: 1 }).error ?? {}
    expect(issues).toContainEqual(expect.objectContaining({ code: 'unrecognized_keys', keys: ['surprise'] }))
  })

  it('refuses a __proto__ field, also nested', () => {
    const outer: unknown = JSON.parse('{"name":"Park","__proto__":{"isAdmin":true}}')
    const inner: unknown = JSON.parse(`{"type":"park","id":"${id}","__proto__":{"x":1}}`)
    expect(park.createParkSchema.safeParse(outer).success).toBe(false)
    expect(share.createShareSchema.safeParse({ ...wanted, resource: inner }).success).toBe(false)
    expect(Reflect.get({}, 'isAdmin')).toBeUndefined()
  })
})

describe('an id', () => {
  it('is a UUID, written in lower case', () => {
    expect(idSchema.parse(id.toUpperCase())).toBe(id)
    for (const value of ['', 'x', `${id} `, `${id}\n`, 7, null, { $ne: null }, [id]]) {
      expect(idSchema.safeParse(value).success).toBe(false)
    }
  })
})

describe('an expiration', () => {
  it('C7: is an instant with its offset, or a plain date', () => {
    for (const value of ['2027-01-31', '2027-01-31T12:00:00Z', '2027-01-31T12:00:00.123+02:00']) {
      expect(expirationSchema.parse(value)).toBe(value)
    }
    for (const value of ['2027-02-30', '2027-01-31T12:00:00', 'tomorrow', '31.01.2027', 1_800_000_000, '']) {
      expect(expirationSchema.safeParse(value).success).toBe(false)
    }
  })
})

describe('an organization', () => {
  it('has a time zone that exists', () => {
    expect(
      organization.createOrganizationSchema.safeParse({ name: 'Helios', timeZone: 'Europe/Berlin' }).success,
    ).toBe(true)
    expect(
      organization.createOrganizationSchema.safeParse({ name: 'Helios', timeZone: 'Mars/Base' }).success,
    ).toBe(false)
  })
})

describe('a share', () => {
  it('S2: refuses operator as a role that never crosses, and what is no role as wrong input', () => {
    const [operator] = shareableRoleSchema.safeParse('operator').error?.issues ?? []
    expect(operator && refusalOf(operator)).toMatchObject({
      code: 'ROLE_NOT_SHAREABLE',
      details: { role: 'operator' },
    })
    for (const value of ['owner', '', 3, null, undefined, ['viewer'], { role: 'viewer' }, 'toString']) {
      const [issue] = shareableRoleSchema.safeParse(value).error?.issues ?? []
      expect(issue).toMatchObject({ code: 'custom', message: 'must be one of viewer, technical-manager' })
      expect(issue && refusalOf(issue)).toBeUndefined()
    }
  })

  it('comes in lots of 1 to 200', () => {
    const lot = (length: number) =>
      share.createSharesSchema.safeParse({ shares: Array.from({ length }, () => wanted) })
    expect([0, 1, 200, 201].map((length) => lot(length).success)).toEqual([false, true, true, false])
  })

  it('S8: is paused by itself or with all of a cooperation, not both', () => {
    expect(share.shareTargetSchema.safeParse({ share: id }).success).toBe(true)
    expect(share.shareTargetSchema.safeParse({ cooperation: id }).success).toBe(true)
    expect(share.shareTargetSchema.safeParse({ share: id, cooperation: id }).success).toBe(false)
    expect(share.shareTargetSchema.safeParse({}).success).toBe(false)
  })
})

describe('many at once', () => {
  it('bounds delegations by shares times members', () => {
    const grant = (shares: number, members: number) =>
      delegation.grantDelegationsSchema.safeParse({
        shares: Array.from({ length: shares }, () => id),
        members: Array.from({ length: members }, () => id),
        role: 'viewer',
      }).success
    expect(grant(10, 20)).toBe(true)
    expect(grant(200, 1)).toBe(true)
    expect(grant(15, 14)).toBe(false)
    expect(grant(0, 1)).toBe(false)
  })

  it('bounds questions at 500', () => {
    const ask = (length: number) =>
      access.checkManySchema.safeParse({ checks: Array.from({ length }, () => check) })
    expect([0, 1, 500, 501, 5000].map((length) => ask(length).success)).toEqual([
      false,
      true,
      true,
      false,
      false,
    ])
  })

  it('pages by 1 to 200, by 50 unless told', () => {
    expect(page.pageSchema.parse(undefined)).toEqual({ limit: 50 })
    expect(page.pageSchema.parse({ limit: 200 })).toEqual({ limit: 200 })
    for (const limit of [0, 201, 1.5, '50', null])
      expect(page.pageSchema.safeParse({ limit }).success).toBe(false)
  })
})

/** The objects that refuse what they do not know; what answers are made of does not. */
function strictObjectsIn(schema: z.core.$ZodType): readonly z.ZodObject[] {
  if (schema instanceof z.ZodObject) return schema.def.catchall instanceof z.ZodNever ? [schema] : []
  if (schema instanceof z.ZodPrefault) return strictObjectsIn(schema.def.innerType)
  if (schema instanceof z.ZodUnion) return schema.options.flatMap(strictObjectsIn)
  return []
}
