/**
 * What a running service does for commands (`npm run keys`, `npm run backup`): operations by name, over HTTP on a socket
 * of the data folder.
 *
 * `POST /NAME` with the parameters as JSON answers lines of JSON: `{"progress":…}` as often as the operation has news, and
 * one `{"result":…}` or `{"error":{"code":…,"message":…}}` at its end. A command that goes away does not end its
 * operation.
 * @module
 */
import { chmodSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { TonearmError } from '../errors/tonearm-error.ts'
import { controlSocketPath, makeSocketFolder } from './control-socket.ts'

const PARAMS_BYTES_MAX = 64 * 1024

/** News of an operation under way, for people who wait. */
export type ControlProgress = Readonly<Record<string, string | number>>

/**
 * One thing that a command can ask for. What it resolves with goes to the command as JSON; a TonearmError goes there with
 * its code. The parameters are whatever came: the operation checks them.
 *
 * @param signal aborted when the service ends: the operation then comes to an end soon
 */
export type ControlOperation = (
  params: unknown,
  progress: (news: ControlProgress) => void,
  signal: AbortSignal,
) => Promise<unknown>

export type ControlOperations = Readonly<Record<string, ControlOperation>>

export interface ControlServer {
  /** Takes no more, tells the operations under way to end, and resolves when they did. */
  close(): Promise<void>
}

export interface ControlServerOptions {
  /** The data folder; its lock is held, so a socket that is there already was left by a process that was killed. */
  readonly dataDir: string
  readonly operations: ControlOperations
  readonly logger: { error(fields: object, message: string): void }
}

/** Listens. Rejects with `config-invalid` where it cannot. */
export async function createControlServer(options: ControlServerOptions): Promise<ControlServer> {
  const { dataDir, logger } = options
  const operations = new Map(Object.entries(options.operations))
  const socketPath = controlSocketPath(dataDir)
  const ending = new AbortController()
  const underWay = new Set<Promise<void>>()

  const server = createServer((request, response) => {
    const answered = answer(request, response).catch((cause: unknown) => {
      logger.error({ error: nameOf(cause) }, 'a command could not be answered')
      response.destroy()
    })
    underWay.add(answered)
    void answered.then(() => underWay.delete(answered))
  })

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // A command that was interrupted; nothing of it is left to be told.
    response.on('error', () => undefined)
    const write = (line: object) => {
      if (response.writable) response.write(`${JSON.stringify(line)}\n`)
    }
    const fail = (status: number, code: string, message: string) => {
      if (!response.headersSent) response.writeHead(status, { 'content-type': 'application/x-ndjson' })
      write({ error: { code, message } })
      response.end()
    }
    const name = (request.url ?? '').slice(1)
    const operation = request.method === 'POST' ? operations.get(name) : undefined
    if (operation === undefined) {
      return fail(404, 'command-failed', `the running service does not know the operation ${JSON.stringify(name)}`)
    }
    const params = await readParams(request)
    if (params === undefined) return fail(400, 'command-failed', 'the parameters are no JSON')

    response.writeHead(200, { 'content-type': 'application/x-ndjson' })
    response.flushHeaders()
    try {
      const result = await operation(params.value, (progress) => write({ progress }), ending.signal)
      write({ result: result ?? null })
      response.end()
    } catch (cause) {
      if (cause instanceof TonearmError) return fail(200, cause.code, cause.message)
      logger.error({ operation: name, error: nameOf(cause) }, 'a command met a defect')
      fail(200, 'command-failed', 'the running service met a defect')
    }
  }

  try {
    makeSocketFolder(socketPath)
    rmSync(socketPath, { force: true })
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(socketPath, resolve)
    })
    chmodSync(socketPath, 0o600)
  } catch (cause) {
    server.close()
    if (cause instanceof TonearmError) throw cause
    throw new TonearmError('config-invalid', `DATA_DIR: no socket can be made in it: ${nameOf(cause)}`, cause)
  }

  return {
    async close() {
      // The socket's file goes with it.
      const closed = new Promise((resolve) => server.close(resolve))
      ending.abort()
      await Promise.all(underWay)
      server.closeAllConnections()
      await closed
    },
  }
}

/** The parameters; `undefined` where they are no JSON, or more than anybody means to say. */
async function readParams(request: IncomingMessage): Promise<{ readonly value: unknown } | undefined> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request) {
    // Without an encoding set, a request hands out buffers.
    const buffer = chunk as Buffer
    bytes += buffer.length
    if (bytes > PARAMS_BYTES_MAX) return undefined
    chunks.push(buffer)
  }
  try {
    return { value: JSON.parse(Buffer.concat(chunks).toString()) as unknown }
  } catch {
    return undefined
  }
}

/** An error's text may quote data; its code or name does not. */
function nameOf(cause: unknown): string {
  if (!(cause instanceof Error)) return typeof cause
  return 'code' in cause ? String(cause.code) : cause.name
}
