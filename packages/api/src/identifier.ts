import { randomInt } from 'node:crypto'

const alphabet = '23456789abcdefghjkmnpqrstuvwxyz'

/** An identifier for a new organization: readable by its name, and not guessable: `helios-energy-7k2m4q`. */
export function createIdentifier(name: string): string {
  const random = Array.from({ length: 6 }, () => alphabet.charAt(randomInt(alphabet.length))).join('')
  return `${slugOf(name)}-${random}`
}

function slugOf(name: string): string {
  const slug = name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replaceAll(/^-+|-+$/g, '')
  return slug === '' ? 'organization' : slug
}
