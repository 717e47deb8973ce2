import { readFile, stat } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { passwordFile } from './data-dir.ts'
import { findFreePort, portLimit } from './free-port.ts'
import { startEmbeddedPostgres } from './start.ts'
import { query } from './testing/query.ts'
import { makeTempFolder } from './testing/temp-folder.ts'

test('a new server answers a query and ends on stop', async () => {
  using folder = makeTempFolder()
  const server = await startEmbeddedPostgres({ dataDir: folder.dataDir, durable: false })
  expect(server).toMatchObject({ reused: false, port: expect.any(Number) })
  expect(server.port).toBeLessThan(portLimit)
  expect(await query(server.url, 'SELECT current_database()')).toEqual([{ current_database: 'drawbridge' }])
  await server.stop()
  await server.stop()
  await expect(query(server.url, 'SELECT 1')).rejects.toThrow('ECONNREFUSED')
})

test('a durable server survives restarts with its data and its password', async () => {
  using folder = makeTempFolder()
  const options = { dataDir: folder.dataDir, database: `Bob's "own"` }
  const password = async (): Promise<string> => readFile(join(folder.dataDir, passwordFile), 'utf8')
  let first = ''
  {
    await using server = await startEmbeddedPostgres(options)
    await query(server.url, 'CREATE TABLE kept AS SELECT 42 AS answer')
    first = await password()
  }
  await using server = await startEmbeddedPostgres(options)
  expect(server.reused).toBe(false)
  expect(await query(server.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }])
  expect(await query(server.url, 'SHOW fsync')).toEqual([{ fsync: 'on' }])
  expect(await password()).toBe(first)
})

test('a second start reuses the server, and its stop leaves it alone', async () => {
  using folder = makeTempFolder()
  await using first = await startEmbeddedPostgres({ dataDir: folder.dataDir, durable: false })
  const second = await startEmbeddedPostgres({ dataDir: folder.dataDir, durable: false, database: 'other' })
  expect(second).toMatchObject({ reused: true, port: first.port })
  expect(await query(second.url, 'SELECT current_database()')).toEqual([{ current_database: 'other' }])
  await second.stop()
  expect(await query(first.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
})

test('of starts at once on one new folder one runs the server and the others reuse it', async () => {
  using folder = makeTempFolder()
  const options = { dataDir: folder.dataDir, durable: false }
  const servers = await Promise.all([1, 2, 3].map(() => startEmbeddedPostgres(options)))
  expect(servers.filter(({ reused }) => reused)).toHaveLength(2)
  for (const { url } of servers) expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  await Promise.all(servers.map((server) => server.stop()))
})

test('starts at once on several folders get a port each', async () => {
  using one = makeTempFolder()
  using two = makeTempFolder()
  const servers = await Promise.all(
    [one, two].map(({ dataDir }) => startEmbeddedPostgres({ dataDir, durable: false })),
  )
  expect(new Set(servers.map(({ port }) => port)).size).toBe(2)
  await Promise.all(servers.map((server) => server.stop()))
})

test('a server listens on the loopback only, without sockets, and wants its password', async () => {
  using folder = makeTempFolder()
  const settings = { listen_addresses: '*', work_mem: '8MB' }
  await using server = await startEmbeddedPostgres({ dataDir: folder.dataDir, durable: false, settings })
  expect(await query(server.url, 'SHOW listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }])
  expect(await query(server.url, 'SHOW unix_socket_directories')).toEqual([{ unix_socket_directories: '' }])
  expect(await query(server.url, 'SHOW work_mem')).toEqual([{ work_mem: '8MB' }])
  expect((await stat(join(folder.dataDir, passwordFile))).mode & 0o777).toBe(0o600)
  const url = new URL(server.url)
  url.password = 'guessed'
  await expect(query(url.href, 'SELECT 1')).rejects.toThrow('password authentication failed')
})

test('a taken port is an error where it was asked for, and otherwise passed over', async () => {
  using folder = makeTempFolder()
  const port = await findFreePort(16000)
  const squatter = createServer().listen(port, '127.0.0.1')
  try {
    const start = startEmbeddedPostgres({ dataDir: folder.dataDir, durable: false, port })
    await expect(start).rejects.toMatchObject({
      code: 'PORT_TAKEN',
      message: `PostgreSQL cannot have port ${port}: it is taken`,
      log: expect.stringContaining('Address already in use'),
    })
    expect(await findFreePort(port)).toBeGreaterThan(port)
  } finally {
    squatter.close()
  }
  await using server = await startEmbeddedPostgres({ dataDir: folder.dataDir, durable: false, port })
  expect(server.port).toBe(port)
})

test('a port of the range for outgoing connections is refused', async () => {
  await expect(startEmbeddedPostgres({ dataDir: '/nowhere', port: 40_000 })).rejects.toThrow(RangeError)
})

test('a server that refuses to start says why in its own words', async () => {
  using folder = makeTempFolder()
  const lines: string[] = []
  const start = startEmbeddedPostgres({
    dataDir: folder.dataDir,
    durable: false,
    settings: { work_memory: '8MB' },
    log: (line) => lines.push(line),
  })
  await expect(start).rejects.toMatchObject({
    code: 'START_FAILED',
    message: expect.stringContaining('unrecognized configuration parameter "work_memory"'),
    log: expect.stringContaining('FATAL'),
  })
  expect(lines.join('\n')).toContain('FATAL')
})
