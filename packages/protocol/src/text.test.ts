import { describe, expect, it } from 'vitest'
import { nameSchema } from './text.ts'

describe('a name', () => {
  it('is trimmed and normalized', () => {
    expect(nameSchema.parse('  Cafe\u0301 Solar  ')).toBe('Café Solar')
  })

  it('keeps the letters of every script', () => {
    for (const name of ['Windpark Öland', '太陽光発電所', 'محطة الرياح', 'Park 7 (Nord)', 'Søndre 🌬']) {
      expect(nameSchema.parse(name)).toBe(name)
    }
  })

  it.each([
    ['nothing', ''],
    ['blanks', '   '],
    ['121 characters', 'x'.repeat(121)],
    ['a line break', 'Park\nBcc: everyone@example.com'],
    ['a carriage return', 'Park\r1'],
    ['a tab inside', 'Park\t1'],
    ['a null character', 'Park\u00001'],
    ['a line separator', 'Park\u20281'],
    ['a right-to-left override', 'Park \u202Egpj.exe'],
    ['an isolate', 'Park \u2066x\u2069'],
    ['half a surrogate pair', 'Park \uD800'],
    ['only invisible characters', '\u200B\u200D'],
    ['a number', 7],
    ['a list', ['Park']],
  ])('refuses %s', (_, value) => {
    expect(nameSchema.safeParse(value).success).toBe(false)
  })
})
