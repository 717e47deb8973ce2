import type { RenewMessage } from '@drawbridge/protocol/messages'
import { expect, it } from 'vitest'
import type { Channel } from './channel.ts'
import { FakeClock } from './fixtures/fake-clock.ts'
import { Renewals } from './renewals.ts'

function start() {
  const clock = new FakeClock()
  const sent: RenewMessage[] = []
  const channel: Channel = {
    renew: (message) => void sent.push(message),
    applied() {},
    reconnect() {},
    close() {},
  }
  const renewals = new Renewals(clock)
  renewals.reset()
  return { clock, sent, renewals, send: (token?: string) => renewals.send(() => channel, token) }
}

it('sends a few at once and then no more than a server bears, the last of them in any case', () => {
  const { clock, sent, send } = start()
  for (let asked = 0; asked < 50; asked++) send()
  expect(sent.map(({ n }) => n)).toEqual([1, 2, 3, 4])
  clock.advance(400)
  expect(sent).toHaveLength(5)
  clock.advance(10_000)
  expect(sent).toHaveLength(5)
})

it('sends the newest token with what had to wait', () => {
  const { clock, sent, send } = start()
  for (let asked = 0; asked < 4; asked++) send()
  send('old')
  send('new')
  clock.advance(400)
  expect(sent.slice(4)).toEqual([{ n: 5, token: 'new' }])
})

it('knows when each was sent, once, and none that a later answer overtook', () => {
  const { clock, renewals, send } = start()
  send()
  clock.advance(100)
  const sent = { monotonic: clock.monotonic(), wall: clock.wall() }
  send()
  expect(renewals.take(2)).toEqual(sent)
  expect(renewals.take(2)).toBeNull()
  expect(renewals.take(1)).toBeNull()
})

it('begins anew with a connection', () => {
  const { clock, sent, renewals, send } = start()
  for (let asked = 0; asked < 6; asked++) send()
  renewals.reset()
  clock.advance(1_000)
  expect(sent).toHaveLength(4)
  send()
  expect(sent.at(-1)).toEqual({ n: 1 })
})
