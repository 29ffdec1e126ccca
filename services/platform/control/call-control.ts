/**
 * The command's side of the control socket.
 * @module
 */
import { type IncomingMessage, request } from 'node:http'
import { createInterface } from 'node:readline'
import { type ErrorCode, errorCatalogue, TonearmError } from '../errors/tonearm-error.ts'
import type { ControlProgress } from './control-server.ts'
import { checkSocketFolder, controlSocketPath } from './control-socket.ts'

/** What came of a call; without a running service the command may take the data folder itself. */
export type ControlAnswer = { readonly isRunning: false } | { readonly isRunning: true; readonly result: unknown }

/** What the socket says where nobody listens: it is not there, or was left by a process that was killed. */
const nobodyListens = new Set(['ENOENT', 'ECONNREFUSED'])

/**
 * Asks the service that runs on this data folder to do an operation, and hands on its progress.
 *
 * Rejects with the operation's own error, with `command-failed` where the service ended before it was done or cannot be
 * reached, and with `config-invalid` where the socket is somebody else's.
 */
export async function callControl(
  dataDir: string,
  operation: string,
  params: unknown = {},
  onProgress: (news: ControlProgress) => void = () => undefined,
): Promise<ControlAnswer> {
  const socketPath = controlSocketPath(dataDir)
  checkSocketFolder(socketPath)
  const response = await send(socketPath, operation, JSON.stringify(params))
  if (response === undefined) return { isRunning: false }
  try {
    for await (const line of createInterface({ input: response, crlfDelay: Number.POSITIVE_INFINITY })) {
      const said = readLine(line)
      if (said.error !== undefined) throw toError(said.error)
      if ('result' in said) return { isRunning: true, result: said.result }
      if (said.progress !== undefined) onProgress(said.progress)
    }
  } catch (cause) {
    // A service that is killed breaks the connection off: the missing end is what tells.
    if (response.errored === null) throw cause
  } finally {
    response.destroy()
  }
  throw new TonearmError('command-failed', 'the service ended before it was done')
}

/** The head of the answer; `undefined` where nobody listens. */
function send(socketPath: string, operation: string, body: string): Promise<IncomingMessage | undefined> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
    request({ socketPath, path: `/${operation}`, method: 'POST', headers, agent: false }, resolve)
      .on('error', (cause: NodeJS.ErrnoException) => {
        if (nobodyListens.has(cause.code ?? '')) resolve(undefined)
        else reject(new TonearmError('command-failed', `the running service cannot be reached: ${cause.code}`, cause))
      })
      .end(body)
  })
}

interface Line {
  readonly progress?: ControlProgress
  readonly result?: unknown
  readonly error?: { readonly code: string; readonly message: string }
}

/** A line of ours, or the torn last one of a service that was killed, which says nothing. */
function readLine(line: string): Line {
  try {
    return JSON.parse(line) as Line
  } catch {
    return {}
  }
}

function toError({ code, message }: { readonly code: string; readonly message: string }): TonearmError {
  return new TonearmError(isErrorCode(code) ? code : 'command-failed', message)
}

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(errorCatalogue, code)
}
