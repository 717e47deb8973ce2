/** German solar parks with their real peak powers, in kW. */
export const plants = [
  { name: 'Witznitz', peakPowerKw: 650_000, location: 'Sachsen' },
  { name: 'Weesow-Willmersdorf', peakPowerKw: 187_000, location: 'Brandenburg' },
  { name: 'Senftenberg', peakPowerKw: 168_000, location: 'Brandenburg' },
  { name: 'Neuhardenberg', peakPowerKw: 145_000, location: 'Brandenburg' },
  { name: 'Templin', peakPowerKw: 128_000, location: 'Brandenburg' },
  { name: 'Brandenburg-Briest', peakPowerKw: 91_000, location: 'Brandenburg' },
] as const
