/**
 * Requests one after another on one connection, each with its time; and the question whether times of two kinds differ.
 * @module
 */
import { Agent, request } from 'node:http'

export interface RawAnswer {
  readonly status: number
  /** Names and values in the order and spelling that they came in, but for the date and the id of the request. */
  readonly headers: readonly string[]
  readonly bytes: Buffer
  /** From the sending to the first byte of the answer, milliseconds. */
  readonly firstByteMs: number
}

export interface OneConnection {
  ask(method: string, path: string, headers?: Readonly<Record<string, string>>): Promise<RawAnswer>
  close(): void
}

/** Keeps one connection open and sends each request on it. */
export function openConnection(address: string): OneConnection {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  return {
    ask: (method, path, headers = {}) =>
      new Promise((resolve, reject) => {
        const chunks: Buffer[] = []
        const sentMs = performance.now()
        const sent = request(new URL(path, address), { method, headers, agent }, (response) => {
          const firstByteMs = performance.now() - sentMs
          response.on('data', (chunk: Buffer) => chunks.push(chunk))
          response.once('error', reject)
          response.once('end', () => {
            const lines: string[] = []
            for (let index = 0; index < response.rawHeaders.length; index += 2) {
              const [name = '', value = ''] = response.rawHeaders.slice(index, index + 2)
              if (!['date', 'x-request-id'].includes(name.toLowerCase())) lines.push(`${name}: ${value}`)
            }
            resolve({ status: response.statusCode ?? 0, headers: lines, bytes: Buffer.concat(chunks), firstByteMs })
          })
        })
        sent.once('error', reject)
        sent.end()
      }),
    close: () => agent.destroy(),
  }
}

/**
 * How far two samples of times lie apart, in standard deviations of what chance does where they are of one kind: the
 * statistic of Mann and Whitney (1947), by ranks, so that the few requests that a busy machine holds up weigh no more
 * than others. Of equal kinds more than 5.5 comes once in 26 million times.
 */
export function rankDifference(left: readonly number[], right: readonly number[]): number {
  const all = [...left.map((value) => ({ value, isLeft: true })), ...right.map((value) => ({ value, isLeft: false }))]
  all.sort((a, b) => a.value - b.value)
  // Times have so many digits that equal ones do not matter.
  const rankSum = all.reduce((sum, { isLeft }, index) => (isLeft ? sum + index + 1 : sum), 0)
  const [m, n] = [left.length, right.length]
  const mean = (m * (m + n + 1)) / 2
  return Math.abs(rankSum - mean) / Math.sqrt((m * n * (m + n + 1)) / 12)
}
