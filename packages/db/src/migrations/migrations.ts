import { InitialMigration } from './20261123210000-initial.ts'

/** Every migration in the order in which they run; a name that was released never changes. */
export const migrations = [{ name: '20261123210000-initial', class: InitialMigration }] as const
