/** Where the bridge reports what a developer should see; pino's order of arguments. */
export interface Logger {
  warn(details: object, message: string): void
  error(details: object, message: string): void
}
