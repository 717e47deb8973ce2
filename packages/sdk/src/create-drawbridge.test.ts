import { describe, expect, it, vi } from 'vitest'
import { createDrawbridge } from './create-drawbridge.ts'
import { connect, movableClock } from './fixtures/connect.ts'
import { ada, sun } from './fixtures/park-world.ts'
import { Script } from './fixtures/script.ts'
import { ScriptedServer } from './fixtures/scripted-server.ts'

const pause = { type: 'cooperation.pause', input: { cooperation: 'cooperation' } } as const

const unauthenticated = { code: 'UNAUTHENTICATED', message: 'no valid credential', details: {} }

function scriptWith(more: Partial<Pick<Script, 'leaseMs' | 'lease' | 'isReplaying'>>): Script {
  return Object.assign(new Script(), more)
}

describe('a bridge over a real socket', () => {
  it('turns live, says who it is, and answers', async () => {
    await using server = await ScriptedServer.start()
    await using bridge = connect(server, { getToken: async () => 'secret' })
    await bridge.ready()
    expect(bridge.can('maintain', sun)).toBe(true)
    expect(server.script.handshakes).toEqual([{ protocol: 1, audience: 'member', token: 'secret' }])
  })

  it('C5: drops access with a pause: can(), signal and event, and tells the server so', async () => {
    await using server = await ScriptedServer.start()
    await using bridge = connect(server)
    await bridge.ready()
    const signal = bridge.signal('view', sun)
    const { promise: paused, resolve } = Promise.withResolvers<string>()
    bridge.on('paused', ({ resource, after }) => {
      if (resource.id === 'sun') resolve(`${after.reason} by ${after.by?.name}`)
    })
    server.script.run(ada, pause)
    expect(await paused).toBe('cooperation_paused by Helios Energy')
    expect(bridge.can('view', sun)).toBe(false)
    expect(signal.aborted).toBe(true)
    await vi.waitFor(() => expect(server.script.applied).toEqual([7, 8]))
  })

  it('A5: turns stale and denies when the server gives no lease any more', async () => {
    await using server = await ScriptedServer.start(scriptWith({ leaseMs: 400 }))
    await using bridge = connect(server)
    await bridge.ready()
    const signal = bridge.signal('view', sun)
    server.script.lease = null
    await vi.waitFor(() => expect(bridge.status.current).toBe('stale'), 2_000)
    expect(bridge.decide('view', sun).reason).toBe('stale')
    expect(signal.aborted).toBe(true)
    server.script.lease = {}
    await vi.waitFor(() => expect(bridge.can('view', sun)).toBe(true), 2_000)
  })

  it('A5: denies after a lost change until a fresh snapshot came', async () => {
    await using server = await ScriptedServer.start(scriptWith({ leaseMs: 600 }))
    await using bridge = connect(server)
    await bridge.ready()
    const reasons: string[] = []
    bridge.status.subscribe((status) => reasons.push(`${status} ${bridge.decide('view', sun).reason}`))
    server.script.lose(ada, pause)
    await vi.waitFor(() => expect(reasons).toEqual(['stale stale', 'live cooperation_paused']), 3_000)
    expect(server.script.handshakes.at(-1)).not.toHaveProperty('since')
  })

  it('A5: denies at once when the wall clock jumps, and recovers with a fresh snapshot', async () => {
    await using server = await ScriptedServer.start()
    const clock = movableClock()
    await using bridge = connect(server, { clock })
    await bridge.ready()
    clock.move(10 * 60_000)
    expect(bridge.can('view', sun)).toBe(false)
    await vi.waitFor(() => expect(bridge.can('view', sun)).toBe(true), 3_000)
    expect(server.script.handshakes).toHaveLength(2)
    expect(server.script.handshakes.at(-1)).not.toHaveProperty('since')
  })

  it('C7: closes and tells an expiry without a message', async () => {
    await using server = await ScriptedServer.start()
    await using bridge = connect(server)
    await bridge.ready()
    const until = Date.now() + 400
    const expiresAt = new Date(until).toISOString()
    const expired = new Promise((resolve) => bridge.on('expired', resolve))
    server.script.run(ada, { type: 'share.setExpiration', input: { share: 'share-sun', expiresAt } })
    await vi.waitFor(() => expect(bridge.decide('view', sun).validUntil).toBe(expiresAt))
    await expired
    expect(Date.now()).toBeLessThan(until + 300)
    expect(bridge.can('view', sun)).toBe(false)
  })

  it('connects again by itself, with a fresh token, and goes on after what it has', async () => {
    await using server = await ScriptedServer.start()
    let n = 0
    await using bridge = connect(server, { getToken: () => `token-${++n}` })
    await bridge.ready()
    server.cut()
    await vi.waitFor(() => expect(server.script.peers.size).toBe(0))
    server.script.run(ada, pause)
    await vi.waitFor(() => expect(bridge.decide('view', sun).reason).toBe('cooperation_paused'), 5_000)
    expect(server.script.handshakes.at(-1)).toMatchObject({ token: 'token-2', since: '7' })
  })

  it('comes back after a goodbye that asks for it, and trusts nothing meanwhile', async () => {
    await using server = await ScriptedServer.start()
    await using bridge = connect(server)
    await bridge.ready()
    const statuses: string[] = []
    bridge.status.subscribe((status) => statuses.push(status))
    server.script.goodbye('role_changed', true)
    await vi.waitFor(() => expect(statuses).toEqual(['stale', 'live']), 3_000)
  })

  it('stays live over the goodbye of a draining server', async () => {
    await using server = await ScriptedServer.start()
    await using bridge = connect(server)
    await bridge.ready()
    server.script.goodbye('draining', true)
    await vi.waitFor(() => expect(server.script.handshakes).toHaveLength(2), 4_000)
    expect(bridge.status.current).toBe('live')
    expect(bridge.can('view', sun)).toBe(true)
  })

  it('closes for good when the server says so', async () => {
    await using server = await ScriptedServer.start()
    await using bridge = connect(server)
    await bridge.ready()
    server.script.goodbye('signed_out', false)
    await vi.waitFor(() => expect(bridge.status.current).toBe('closed'))
    expect(bridge.can('view', sun)).toBe(false)
    await expect(bridge.ready()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
  })

  it('refuses a server of another protocol version', async () => {
    await using server = await ScriptedServer.start(scriptWith({ lease: null }))
    await using bridge = connect(server)
    const ready = bridge.ready()
    await vi.waitFor(() => expect(server.script.peers.size).toBe(1))
    server.script.goodbye('protocol_version', false)
    await expect(ready).rejects.toMatchObject({ code: 'INVALID_INPUT', details: { field: 'protocol' } })
    expect(bridge.status.current).toBe('closed')
  })

  it('says why when the handshake is refused for its protocol version', async () => {
    await using server = await ScriptedServer.start()
    server.refuse = ({ protocol }) => ({
      code: 'INVALID_INPUT',
      message: `version ${protocol} is not spoken here`,
      details: { field: 'protocol' },
    })
    await using bridge = connect(server)
    await expect(bridge.ready()).rejects.toMatchObject({ code: 'INVALID_INPUT' })
    expect(bridge.status.current).toBe('connecting')
  })

  it('leaves the server when it is closed, once and for all', async () => {
    await using server = await ScriptedServer.start()
    const bridge = connect(server)
    await bridge.ready()
    {
      await using _ = bridge
    }
    bridge.close()
    expect(bridge.status.current).toBe('closed')
    await vi.waitFor(() => expect(server.script.peers.size).toBe(0))
    await expect(bridge.ready()).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  })

  it('reads changes as they are applied, until it closes', async () => {
    await using server = await ScriptedServer.start()
    await using bridge = connect(server)
    await bridge.ready()
    const causes: string[] = []
    const read = (async () => {
      for await (const { cause } of bridge.changes()) causes.push(cause.type)
    })()
    server.script.run(ada, pause)
    server.script.run(ada, { type: 'cooperation.resume', input: { cooperation: 'cooperation' } })
    await vi.waitFor(() => expect(causes).toEqual(['cooperation.paused', 'cooperation.resumed']))
    server.script.goodbye('signed_out', false)
    await read
  })
})

describe('ready', () => {
  it('rejects when the server does not answer in time, and turns live when it does later', async () => {
    await using server = await ScriptedServer.start(scriptWith({ lease: null }))
    await using bridge = connect(server)
    await expect(bridge.ready({ timeoutMs: 50 })).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      retryable: true,
    })
    expect(bridge.status.current).toBe('connecting')
    server.script.lease = {}
    server.cut()
    await bridge.ready()
    expect(bridge.can('view', sun)).toBe(true)
  })

  it('rejects in time when nobody listens', async () => {
    await using bridge = createDrawbridge({
      url: 'http://127.0.0.1:9',
      logger: { warn() {}, error() {} },
    })
    await expect(bridge.ready({ timeoutMs: 100 })).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  })

  it('rejects at once when the credential is refused, and turns live once it is accepted', async () => {
    await using server = await ScriptedServer.start()
    let isSignedIn = false
    server.refuse = () => (isSignedIn ? null : unauthenticated)
    await using bridge = connect(server)
    await expect(bridge.ready()).rejects.toMatchObject({ code: 'UNAUTHENTICATED', retryable: false })
    isSignedIn = true
    await bridge.ready()
    expect(bridge.status.current).toBe('live')
  })

  it('rejects with why getToken throws, and turns live once it answers', async () => {
    await using server = await ScriptedServer.start()
    const failure = new Error('signed out')
    let isSignedIn = false
    await using bridge = connect(server, {
      getToken: () => (isSignedIn ? 'token' : Promise.reject(failure)),
    })
    await expect(bridge.ready()).rejects.toMatchObject({ code: 'UNAUTHENTICATED', cause: failure })
    expect(bridge.status.current).toBe('connecting')
    isSignedIn = true
    await bridge.ready()
  })

  it('does not hang when getToken does', async () => {
    await using server = await ScriptedServer.start()
    await using bridge = connect(server, { getToken: () => new Promise<string>(() => {}) })
    await expect(bridge.ready({ timeoutMs: 50 })).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    expect(bridge.status.current).toBe('connecting')
  })
})
