import { z } from 'zod'

/** When something shall end: an ISO instant with its offset, or a plain date (C7). */
export const expirationSchema = z.union([z.iso.datetime({ offset: true }), z.iso.date()], {
  error: 'must be an ISO instant with an offset, or a date such as 2026-12-31',
})
