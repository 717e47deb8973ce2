import { setImmediate } from 'node:timers/promises'
import { expect, it, vi } from 'vitest'
import { OrderedQueue } from './ordered-queue.ts'

it('runs tasks in order, however long one takes', async () => {
  const done: string[] = []
  const queue = new OrderedQueue(() => {})
  queue.push(async () => {
    await setImmediate()
    done.push('slow')
  })
  queue.push(() => void done.push('quick'))
  expect(done).toEqual([])
  await vi.waitFor(() => expect(done).toEqual(['slow', 'quick']))
})

it('reports a task that fails and goes on with the next', async () => {
  const done: unknown[] = []
  const queue = new OrderedQueue((error) => done.push(error))
  queue.push(() => Promise.reject(new Error('first')))
  queue.push(() => void done.push('second'))
  await vi.waitFor(() => expect(done).toEqual([new Error('first'), 'second']))
})
