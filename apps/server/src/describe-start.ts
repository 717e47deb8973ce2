import { sampleOrganizations, samplePassword } from './sample/people.ts'
import { defaultPort, type Settings } from './settings.ts'

/** What a person wants to know once the server is up. */
export function describeStart(settings: Settings, elapsedMs: number): string {
  const lines = [
    '',
    `  Drawbridge is ready at ${settings.publicUrl}  (${Math.round(elapsedMs)} ms)`,
    `  database: ${settings.databaseUrl === null ? `embedded PostgreSQL in ${settings.dataDir}` : 'DATABASE_URL'}`,
    ...(settings.seed === 'demo' ? sampleSignIns(settings) : []),
    '',
  ]
  return `${lines.join('\n')}\n`
}

function sampleSignIns({ port }: Settings): readonly string[] {
  const people = Object.values(sampleOrganizations).flatMap(({ name, people: [founder, ...others] }) => [
    `    ${founder.email.padEnd(26)} admin of ${name}`,
    ...others.map(({ email }) => `    ${email.padEnd(26)} member of ${name}`),
  ])
  return [
    '',
    `  sample sign-ins, password ${samplePassword}`,
    ...people,
    '',
    `  see it work, in another terminal:  ${port === defaultPort ? '' : `PORT=${port} `}npx -y pnpm@12 tour`,
  ]
}
