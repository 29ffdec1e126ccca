import type { AddressInfo } from 'node:net'
import { connect } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { TonearmError } from '#platform/errors/tonearm-error.ts'
import { HttpProblem } from '#platform/http/problem.ts'
import { createServer } from '#platform/http/server.ts'
import { createLogger } from '#platform/logging/create-logger.ts'

function serverWithLog() {
  const lines: string[] = []
  const server = createServer({
    logger: createLogger({ level: 'info', destination: { write: (line: string) => void lines.push(line) } }),
  })
  onTestFinished(() => server.close())
  return { server, lines }
}

describe('an answer that says what went wrong', () => {
  it.each([
    ['an address that is not there', '/nothing', 404, 'not-found'],
    ['an address that cannot be decoded', '/%E0%A4%A', 400, 'invalid-request'],
    ['a problem of a handler', '/problem', 409, 'ambiguous-id'],
    ['a store that is away', '/store', 503, 'store-unavailable'],
    ['a defect', '/defect', 500, 'internal'],
  ])('is a problem: %s', async (_name, url, status, code) => {
    const { server } = serverWithLog()
    server.get('/problem', async () => {
      throw new HttpProblem('ambiguous-id')
    })
    server.get('/store', async () => {
      throw new TonearmError('store-unavailable', 'away')
    })
    server.get('/defect', async () => {
      throw new Error('secret words')
    })
    server.get('/sessions/:key', async () => 'found')
    const response = await server.inject({ url })
    expect([response.statusCode, response.json().code]).toEqual([status, code])
    expect(response.headers['content-type']).toBe('application/problem+json')
    expect(response.json().type).toBe(`/problems/${code}`)
    expect(response.body).not.toContain('secret words')
    expect('retry-after' in response.headers).toBe(status === 503)
  })

  it('is a problem where the request is no HTTP', async () => {
    const { server } = serverWithLog()
    await server.listen({ host: '127.0.0.1', port: 0 })
    const { port } = server.server.address() as AddressInfo // a TCP server's address
    const answer = await new Promise<string>((resolve, reject) => {
      let text = ''
      const socket = connect(port, '127.0.0.1', () => socket.write('no http at all\r\n\r\n'))
      socket.setEncoding('utf8')
      socket.on('data', (chunk) => {
        text += chunk
      })
      socket.once('end', () => resolve(text))
      socket.once('error', reject)
    })
    expect(answer).toMatch(/^HTTP\/1\.1 400 /)
    expect(answer).toContain('application/problem+json')
    expect(answer).toContain('"code":"invalid-request"')
  })
})

describe('a log line', () => {
  it('names the route and never the address, the query, the caller or the words of an error', async () => {
    const { server, lines } = serverWithLog()
    server.get('/sessions/:key', async () => {
      throw new Error('secret words')
    })
    await server.inject({ url: '/sessions/secret-key?secret=query', remoteAddress: '203.0.113.7' })
    expect(lines.join('')).toContain('/sessions/:key')
    expect(lines.join('')).not.toMatch(/secret|203\.0\.113\.7/)
  })
})
