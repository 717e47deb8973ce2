import { DrawbridgeError } from '../errors.ts'

/** The error that refuses what `attempt` tries; it is a failure when nothing refuses it. */
export function refusalOf(attempt: () => unknown): DrawbridgeError {
  try {
    attempt()
  } catch (error) {
    if (error instanceof DrawbridgeError) return error
    throw error
  }
  throw new Error('the attempt was not refused')
}
