import { assertType, expectTypeOf } from 'vitest'
import type {
  Change,
  ClientReason,
  Drawbridge,
  DrawbridgeOptions,
  ReachedResource,
  Status,
} from '@drawbridge/sdk'
import { createDrawbridge, describeReason, DrawbridgeClientError, isDrawbridgeError } from '@drawbridge/sdk'

declare const bridge: Drawbridge

const park = { type: 'park', id: 'sun' } as const

// What a bridge is made of.
assertType<DrawbridgeOptions>({ url: '/' })
assertType<DrawbridgeOptions>({ url: '/', getToken: () => 'token' })
assertType<DrawbridgeOptions>({
  url: '/',
  getToken: async () => ({ token: 'token', expiresAt: '2026-11-23T12:00:00.000Z' }),
})
// @ts-expect-error an installation has to be named
createDrawbridge({})
// @ts-expect-error a token is a text
createDrawbridge({ url: '/', getToken: () => 7 })
// @ts-expect-error there is no such audience
createDrawbridge({ url: '/', audience: 'everyone' })

// Questions.
expectTypeOf(bridge.can('maintain', park)).toEqualTypeOf<boolean>()
expectTypeOf(bridge.decide('view', park).reason).toEqualTypeOf<ClientReason>()
expectTypeOf(bridge.list({ type: 'park', action: 'view' })).toEqualTypeOf<readonly ReachedResource[]>()
expectTypeOf(bridge.signal('operate', park)).toEqualTypeOf<AbortSignal>()
bridge.can('view', park, { member: { externalId: 'crm-7' } })
// @ts-expect-error a role is not an action
bridge.can('technical-manager', park)
// @ts-expect-error there is no such action
bridge.can('delete', park)
// @ts-expect-error a resource has a type
bridge.can('view', { id: 'sun' })
// @ts-expect-error a cooperation is not a resource
bridge.decide('view', { type: 'cooperation', id: 'x' })
// @ts-expect-error there is no such action
bridge.list({ action: 'read' })

// Events.
bridge.on('paused', ({ resource, before, after, cause }) => {
  expectTypeOf(resource.id).toEqualTypeOf<string>()
  expectTypeOf(before.actions).toEqualTypeOf(after.actions)
  // @ts-expect-error there is no cause when time passed
  expectTypeOf(cause.type).toBeString()
})
// @ts-expect-error there is no such event
bridge.on('removed', () => {})
expectTypeOf(bridge.status.current).toEqualTypeOf<Status>()
expectTypeOf(bridge.changes()).toExtend<AsyncIterable<Change>>()
// @ts-expect-error the status is not the app's to set
bridge.status.current = 'live'

// The typed client.
void bridge.api.cooperation.pause.mutate({ cooperation: 'id' })
// @ts-expect-error a cooperation has to be named
void bridge.api.cooperation.pause.mutate({})
void bridge.api.share.setRole.mutate({ share: 'id', role: 'viewer' })
// @ts-expect-error S2: operator never crosses
void bridge.api.share.setRole.mutate({ share: 'id', role: 'operator' })
// @ts-expect-error a pause is not a query
void bridge.api.cooperation.pause.query({ cooperation: 'id' })

// Words and errors.
describeReason(bridge.decide('view', park), 'de')
// @ts-expect-error there is no such language
describeReason(bridge.decide('view', park), 'fr')
const error: unknown = new DrawbridgeClientError('UNAUTHENTICATED', 'no', {})
if (isDrawbridgeError(error, 'RATE_LIMITED')) expectTypeOf(error.details.retryAfterMs).toBeNumber()
