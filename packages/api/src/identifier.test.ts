import { identifierSchema } from '@drawbridge/protocol'
import { expect, it } from 'vitest'
import { createIdentifier } from './identifier.ts'

it('is readable by the name, and differs each time', () => {
  expect(createIdentifier('Helios Energy GmbH & Co. KG')).toMatch(/^helios-energy-gmbh-co-kg-[2-9a-z]{6}$/)
  expect(createIdentifier('Öland Vindkraft')).toMatch(/^oland-vindkraft-[2-9a-z]{6}$/)
  expect(createIdentifier('太陽光')).toMatch(/^organization-[2-9a-z]{6}$/)
  expect(createIdentifier('x'.repeat(120))).toMatch(/^x{40}-[2-9a-z]{6}$/)
  expect(new Set(Array.from({ length: 100 }, () => createIdentifier('Helios'))).size).toBe(100)
})

it('stays what it is when someone types it', () => {
  const identifier = createIdentifier('Helios Energy')
  expect(identifierSchema.parse(` ${identifier.toUpperCase()} `)).toBe(identifier)
})
