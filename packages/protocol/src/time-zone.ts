import { isTimeZone } from '@drawbridge/core'
import { z } from 'zod'

/** An IANA time zone that the server knows. */
export const timeZoneSchema = z.string().max(64).refine(isTimeZone, 'must be an IANA time zone')
