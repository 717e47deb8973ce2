/** Everyone in the sample data signs in with this; the sample exists in embedded mode only. */
export const samplePassword = 'drawbridge-demo'

/** The sample organizations with their people; the first person of each created it and is its admin. */
export const sampleOrganizations = {
  owner: {
    name: 'Helios Energie',
    identifier: 'helios-energie-7k2m4q',
    people: [
      { name: 'Ada Sommer', email: 'ada@helios.example' },
      { name: 'Otto Krause', email: 'otto@helios.example' },
    ],
  },
  serviceProvider: {
    name: 'Nordlicht Service',
    identifier: 'nordlicht-service-4t9w2x',
    people: [
      { name: 'Nora Lindt', email: 'nora@nordlicht.example' },
      { name: 'Timo Berg', email: 'timo@nordlicht.example' },
    ],
  },
  investor: {
    name: 'Rheingold Invest',
    identifier: 'rheingold-invest-8d3h6p',
    people: [
      { name: 'Ines Vogt', email: 'ines@rheingold.example' },
      { name: 'Paul Reuter', email: 'paul@rheingold.example' },
    ],
  },
} as const
