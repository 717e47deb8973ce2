import { channelNamespace, type ClientMessages, type ServerMessages } from '@drawbridge/protocol/messages'
import { Manager, type ManagerOptions, type Socket } from 'socket.io-client'
import type { OpenChannel } from './channel.ts'
import { DrawbridgeClientError, isRecord, parseError, unavailable } from './errors.ts'

export interface SocketOptions {
  /** Socket.IO transports in place of its own WebSocket, for instance one that tests can intercept. */
  readonly transports?: NonNullable<ManagerOptions['transports']>
}

/** A channel over Socket.IO, WebSocket only; its manager reconnects with jitter. */
export function socketChannel({ transports = ['websocket'] }: SocketOptions = {}): OpenChannel {
  return ({ url, handshake, events }) => {
    const manager = new Manager<ServerMessages, ClientMessages>(url.origin, {
      path: new URL('socket.io/', url).pathname,
      transports,
      autoConnect: false,
      reconnectionDelay: 1_000,
      reconnectionDelayMax: 5_000,
      randomizationFactor: 0.9,
      timeout: 10_000,
    })
    let attempt = 0
    let timer: ReturnType<typeof setTimeout> | undefined

    const socket: Socket<ServerMessages, ClientMessages> = manager.socket(channelNamespace, {
      auth: (send: (auth: object) => void) => {
        attempt += 1
        const own = attempt
        handshake().then(
          (auth) => {
            if (own === attempt) send(auth)
          },
          (error: unknown) => {
            if (own === attempt) refuse(errorOf(error), 'app')
          },
        )
      },
    })

    function refuse(error: DrawbridgeClientError, by: 'server' | 'app' = 'server'): void {
      hangUp()
      events.refused(error, by)
    }

    function hangUp(): void {
      attempt += 1
      clearTimeout(timer)
      socket.disconnect()
    }

    socket.on('connect', () => events.connected())
    socket.on('snapshot', (message) => events.snapshot(message))
    socket.on('change', (message) => events.change(message))
    socket.on('lease', (message) => events.lease(message))
    socket.on('goodbye', (message) => events.goodbye(message))
    socket.on('connect_error', (error) => {
      if (socket.active) events.lost(unavailable('the server cannot be reached', error))
      else refuse(errorOf(error))
    })
    socket.on('disconnect', (reason) => {
      if (reason === 'io client disconnect') return
      const error = unavailable(`the connection is gone: ${reason}`)
      if (socket.active) events.lost(error)
      else refuse(error)
    })
    socket.connect()

    return {
      // Socket.IO would keep what is sent while disconnected and send it on the next connection.
      renew: (message) => void (socket.connected && socket.emit('renew', message)),
      applied: (message) => void (socket.connected && socket.emit('applied', message)),
      reconnect(delayMs) {
        hangUp()
        timer = setTimeout(() => socket.connect(), delayMs)
      },
      close: hangUp,
    }
  }
}

/** The server's error is in a refusal's `data`. */
function errorOf(error: unknown): DrawbridgeClientError {
  if (error instanceof DrawbridgeClientError) return error
  const data = isRecord(error) ? parseError(error['data'], { cause: error }) : null
  return data ?? unavailable('the server refused the connection', error)
}
