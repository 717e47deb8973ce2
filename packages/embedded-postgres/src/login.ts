/** Where and as whom to connect. */
export interface Login {
  readonly port: number
  readonly user: string
  readonly password: string
  readonly database: string
}
