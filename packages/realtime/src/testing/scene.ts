import { createParty, type World } from '@drawbridge/core/testing'

/** Two organizations, of which the first shares a park with the second, whose colleague has it delegated. */
export function createScene(world: World) {
  const helios = createParty(world, 'Helios')
  const boreas = createParty(world, 'Boreas')
  const cooperation = helios.cooperate(boreas)
  const park = helios.park()
  const share = helios.share(cooperation, park, 'technical-manager')
  const colleague = boreas.join('Colleague')
  const delegation = boreas.delegate(share, colleague, 'viewer')
  return { helios, boreas, cooperation, park, share, colleague, delegation }
}
