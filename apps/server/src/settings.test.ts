import { expect, it } from 'vitest'
import { readSettings } from './settings.ts'

it('starts without any setting, embedded and on loopback', () => {
  expect(readSettings({})).toMatchObject({
    port: 3000,
    host: '127.0.0.1',
    databaseUrl: null,
    publicUrl: 'http://127.0.0.1:3000',
    leaseMs: 12_000,
    seed: 'demo',
  })
})

it("a database of one's own wins, wants a secret, and is not seeded", () => {
  const DATABASE_URL = 'postgres://localhost/drawbridge'
  expect(() => readSettings({ DATABASE_URL })).toThrow(/^SECRET: /)
  const settings = readSettings({ DATABASE_URL, SECRET: 'x'.repeat(32) })
  expect(settings).toMatchObject({ databaseUrl: DATABASE_URL, seed: 'none' })
})

it('an empty variable counts as unset', () => {
  expect(readSettings({ PORT: '', DATABASE_URL: '' }).port).toBe(3000)
})

it('allowed origins are normalized', () => {
  const { allowedOrigins } = readSettings({ ALLOWED_ORIGINS: 'https://app.example/, http://localhost:5173' })
  expect(allowedOrigins).toEqual(['http://127.0.0.1:3000', 'https://app.example', 'http://localhost:5173'])
})

it.each([
  [{ PORT: 'eighty' }, /^PORT: /],
  [{ PORT: '70000' }, /^PORT: /],
  [{ DATABASE_URL: 'mysql://localhost/x' }, /^DATABASE_URL: /],
  [{ LEASE_MS: '60000' }, /^LEASE_MS: /],
  [{ LOG_LEVEL: 'loud' }, /^LOG_LEVEL: /],
  [{ HOST: '0.0.0.0' }, /^HOST: .*loopback/],
  [{ SECRET: 'short' }, /^SECRET: /],
  [{ ALLOWED_ORIGINS: '*' }, /^ALLOWED_ORIGINS: /],
  [{ ALLOWED_ORIGINS: 'https://*.example' }, /^ALLOWED_ORIGINS: /],
])('refuses %j in one line', (environment, line) => {
  expect(() => readSettings(environment)).toThrow(line)
})
