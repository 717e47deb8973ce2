import type { ChangeMessage, SnapshotMessage } from '@drawbridge/protocol/messages'
import { describe, expect, it } from 'vitest'
import { Inbox, type Received } from './inbox.ts'
import { Replica } from './replica.ts'

function part(version: number, part = 0, more: Partial<SnapshotMessage> = {}): SnapshotMessage {
  return {
    version,
    cursor: String(version),
    part,
    parts: 1,
    organization: 'voltwerk',
    member: 'mia',
    facts: [],
    ...more,
  }
}

function change(version: number, previous?: number): ChangeMessage {
  return {
    version,
    ...(previous !== undefined && { previous }),
    act: 'act',
    at: '2026-11-23T12:00:00.000Z',
    cause: { type: 'cooperation.paused', by: 'helios' },
    facts: [],
    cursor: String(version),
  }
}

function connection({ audience = 'member', since, at }: Partial<Connection> = {}) {
  const replica = new Replica()
  if (at !== undefined) replica.replace(part(at))
  const inbox = new Inbox(replica, { audience, ...(since !== undefined && { since }) })
  const receive = (take: Iterable<Received>) => {
    const steps: string[] = []
    for (const received of take) {
      if (received.step === 'replace') replica.replace(received.snapshot)
      if (received.step === 'apply') replica.apply(received.change)
      steps.push(received.step)
    }
    return steps
  }
  return {
    replica,
    inbox,
    part: (...message: Parameters<typeof part>) => receive(inbox.takePart(part(...message))),
    change: (...message: Parameters<typeof change>) => receive(inbox.takeChange(change(...message))),
  }
}

interface Connection {
  readonly audience: 'member' | 'organization'
  readonly since: string
  readonly at: number
}

describe('a snapshot', () => {
  it('replaces the replica once all its parts are there', () => {
    const client = connection()
    expect(client.part(7, 0, { parts: 3 })).toEqual([])
    expect(client.part(7, 1, { parts: 3 })).toEqual([])
    expect(client.replica.isLoaded()).toBe(false)
    expect(client.part(7, 2, { parts: 3 })).toEqual(['replace'])
  })

  it('is broken when a part is missing, or is of another version', () => {
    expect(connection().part(7, 1, { parts: 3 })).toEqual(['broken'])
    const gap = connection()
    gap.part(7, 0, { parts: 3 })
    expect(gap.part(7, 2, { parts: 3 })).toEqual(['broken'])
    const mixed = connection()
    mixed.part(7, 0, { parts: 2 })
    expect(mixed.part(8, 1, { parts: 2 })).toEqual(['broken'])
  })

  it('starts over when its first part comes again', () => {
    const client = connection()
    client.part(7, 0, { parts: 2 })
    client.part(8, 0, { parts: 2 })
    expect(client.part(8, 1, { parts: 2 })).toEqual(['replace'])
  })

  it('holds back the changes that come between its parts', () => {
    const client = connection({ at: 3, since: '3' })
    client.part(7, 0, { parts: 2 })
    expect(client.change(8)).toEqual([])
    expect(client.part(7, 1, { parts: 2 })).toEqual(['replace', 'apply'])
    expect(client.replica.version).toBe(8)
  })

  it('never takes the replica back to an older version', () => {
    expect(connection({ at: 7 }).part(6)).toEqual(['broken'])
    expect(connection({ at: 7 }).part(7)).toEqual(['replace'])
  })

  it('of another organization is not compared by version', () => {
    expect(connection({ at: 7 }).part(2, 0, { organization: 'helios' })).toEqual(['replace'])
  })
})

describe('a change', () => {
  it('is ignored when it came before or came already', () => {
    const client = connection({ at: 7, since: '7' })
    expect(client.change(6)).toEqual([])
    expect(client.change(7)).toEqual([])
    expect(client.change(8)).toEqual(['apply'])
    expect(client.change(8)).toEqual([])
  })

  it('out of order asks for a fresh snapshot', () => {
    const client = connection({ at: 7, since: '7' })
    client.change(9)
    expect(client.change(8)).toEqual(['broken'])
  })

  it('may skip versions for a member, who is told only what concerns it', () => {
    expect(connection({ at: 7, since: '7' }).change(9)).toEqual(['apply'])
  })

  it('that skips a version asks for a fresh snapshot for an organization, whose versions have no gaps', () => {
    expect(connection({ at: 7, since: '7', audience: 'organization' }).change(9)).toEqual(['broken'])
  })

  it('that follows another one than was applied asks for a fresh snapshot', () => {
    const client = connection({ at: 7, since: '7' })
    expect(client.change(9, 7)).toEqual(['apply'])
    expect(client.change(12, 11)).toEqual(['broken'])
  })

  it('before the snapshot that the connection starts with is not applied to what was known before', () => {
    expect(connection({ at: 7 }).change(8)).toEqual(['broken'])
  })
})

describe('a lease', () => {
  it('proves the replica when it names the version applied last', () => {
    const client = connection({ at: 7, since: '7' })
    expect(client.inbox.judge(7)).toBe('proven')
    client.change(9)
    expect(client.inbox.judge(9)).toBe('proven')
  })

  it('shows a loss when it names a later version', () => {
    expect(connection({ at: 7, since: '7' }).inbox.judge(8)).toBe('broken')
  })

  it('shows a loss when it names an earlier version than what this connection told', () => {
    const client = connection({ at: 7, since: '7' })
    client.change(8)
    expect(client.inbox.judge(7)).toBe('broken')
  })

  it('proves nothing before the snapshot that the connection starts with', () => {
    expect(connection().inbox.judge(7)).toBe('early')
    expect(connection({ at: 7 }).inbox.judge(7)).toBe('early')
  })

  it('shows a loss when it names the version of which parts are missing', () => {
    const client = connection()
    client.part(7, 0, { parts: 2 })
    expect(client.inbox.judge(3)).toBe('early')
    expect(client.inbox.judge(7)).toBe('broken')
  })
})
