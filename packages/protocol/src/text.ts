import { z } from 'zod'

// Line and paragraph separators break lines as control characters do; bidirectional controls reorder what is read.
const forbidden = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u
const visible = /[\p{L}\p{N}\p{P}\p{S}]/u

/** One line of text from outside: normalized (NFC) and trimmed, without control characters or changes of direction. */
export const lineSchema = z
  .string()
  .normalize('NFC')
  .trim()
  .min(1)
  .max(120)
  .refine((text) => text.isWellFormed() && !forbidden.test(text), 'must be one line of plain text')
  .refine((text) => visible.test(text), 'must contain something visible')

/** A name of an organization, person or resource. */
export const nameSchema = lineSchema

/** The id that the caller's own system uses. */
export const externalIdSchema = lineSchema
