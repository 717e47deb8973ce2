import { expect, it } from 'vitest'
import { Delivery, type Recipient } from './delivery.ts'

it('gives the event loop a turn after every 500 frames, keeps the order, and says goodbye last', async () => {
  const heard: string[] = []
  const recipient: Recipient = {
    send: (text) => heard.push(text),
    goodbye: (reason) => heard.push(reason),
  }
  const delivery = new Delivery()
  for (let count = 0; count < 1_200; count += 1) delivery.write(recipient, String(count))
  delivery.end(recipient)
  const running = delivery.run()
  expect(heard).toHaveLength(500)
  await running
  expect(heard).toEqual([...Array.from({ length: 1_200 }, (_, count) => String(count)), 'role_changed'])
})

it('writes what is little at once', () => {
  const heard: string[] = []
  const delivery = new Delivery()
  delivery.write({ send: (text) => heard.push(text), goodbye: () => {} }, 'one')
  void delivery.run()
  expect(heard).toEqual(['one'])
})
