import { pino, stdSerializers, type Logger } from 'pino'
import type { Settings } from './settings.ts'

/** The server's log: JSON lines on standard output, errors with their stacks, secrets never. */
export function createLog(level: Settings['logLevel']): Logger {
  return pino({
    level,
    redact: ['authorization', 'cookie', 'token', 'password'],
    serializers: { err: stdSerializers.err, error: stdSerializers.err, failure: stdSerializers.err },
  })
}
