import { once } from 'node:events'
import { renameSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs'
import { connect as connectPlain } from 'node:net'
import { join } from 'node:path'
import { connect, type PeerCertificate, type TLSSocket } from 'node:tls'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createServer } from '#platform/http/server.ts'
import { followTlsFiles, readTlsIdentity, tlsFilesOf } from '#platform/http/tls-files.ts'
import { createLogger } from '#platform/logging/create-logger.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { createTestCertificate, type TestCertificate } from '../../support/test-certificate.ts'
import { waitFor } from '../../support/wait-for.ts'

function filesOf({ cert, key }: TestCertificate) {
  const folder = temporaryFolder()
  const files = { certFile: join(folder, 'certificate.pem'), keyFile: join(folder, 'key.pem') }
  const write = (file: string, text: string) => {
    writeFileSync(`${file}.new`, text)
    renameSync(`${file}.new`, file)
  }
  write(files.certFile, cert)
  write(files.keyFile, key)
  return { ...files, folder, write }
}

/** A server that looks at its files all the time. */
async function serve(given: TestCertificate) {
  const lines: string[] = []
  const logger = createLogger({ level: 'info', destination: { write: (line: string) => void lines.push(line) } })
  const files = filesOf(given)
  const identity = readTlsIdentity(files)
  const server = createServer({ logger, tls: identity })
  server.get('/', async () => 'served')
  const stop = followTlsFiles(server, { files, identity, logger, checkEveryMs: 5 })
  onTestFinished(async () => {
    stop()
    await server.close()
  })
  const address = await server.listen({ host: '127.0.0.1', port: 0 })
  return { ...files, server, address, port: Number(new URL(address).port), lines }
}

async function handshake(port: number, options: object = {}): Promise<TLSSocket> {
  const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false, ...options })
  onTestFinished(() => void socket.destroy())
  await once(socket, 'secureConnect')
  return socket
}

async function servedName(port: number): Promise<PeerCertificate['subject']['CN']> {
  const socket = await handshake(port)
  const { subject } = socket.getPeerCertificate()
  socket.destroy()
  return subject.CN
}

async function ask(socket: TLSSocket): Promise<string> {
  socket.write('GET / HTTP/1.1\r\nhost: localhost\r\n\r\n')
  const [chunk] = await once(socket, 'data')
  return String(chunk)
}

describe('a server with a certificate', () => {
  it('answers over HTTPS to who trusts it, and says that it always will', async () => {
    const certificate = createTestCertificate()
    const { address, port } = await serve(certificate)
    expect(address).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/)
    const answer = await ask(await handshake(port, { rejectUnauthorized: true, ca: certificate.cert }))
    expect(answer).toMatch(/^HTTP\/1\.1 200 /)
    expect(Number(/^strict-transport-security: max-age=(\d+)/m.exec(answer)?.[1])).toBeGreaterThanOrEqual(31_536_000)
  })

  it.each(['TLSv1', 'TLSv1.1'])('speaks no %s', async (version) => {
    const { port } = await serve(createTestCertificate())
    const ciphers = 'DEFAULT@SECLEVEL=0'
    const old = handshake(port, { minVersion: version, maxVersion: version, ciphers })
    await expect(old).rejects.toThrow(/protocol version|unsupported protocol/i)
    await handshake(port, { minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' })
  })

  it('ends a connection that speaks plain HTTP to it', async () => {
    const { port } = await serve(createTestCertificate())
    const socket = connectPlain(port, '127.0.0.1', () => socket.write('GET / HTTP/1.1\r\nhost: localhost\r\n\r\n'))
    let text = ''
    socket.setEncoding('latin1').on('data', (chunk) => {
      text += chunk
    })
    await once(socket, 'close')
    expect(text).not.toContain('served')
    expect(await servedName(port)).toBe('tonearm test')
  })
})

describe('a certificate that is renewed', () => {
  it('is served to who comes from then on, and costs nobody their connection', async () => {
    const { port, certFile, keyFile, write } = await serve(createTestCertificate('first'))
    const open = await handshake(port)
    const second = createTestCertificate('second')
    write(keyFile, second.key)
    write(certFile, second.cert)
    await waitFor('the new certificate', async () => (await servedName(port)) === 'second')
    expect(await ask(open)).toContain('served')
    const modern = handshake(port, { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' })
    await expect(modern).rejects.toThrow(/protocol version|unsupported protocol/i)
  })

  it('is found behind a symbolic link that leads elsewhere now', async () => {
    const [first, second] = [filesOf(createTestCertificate('first')), filesOf(createTestCertificate('second'))]
    const served = await serve(createTestCertificate('start'))
    const link = (target: typeof first) => {
      for (const [at, to] of [
        [served.certFile, target.certFile],
        [served.keyFile, target.keyFile],
      ] as const) {
        unlinkSync(at)
        symlinkSync(to, at)
      }
    }
    link(first)
    await waitFor('the first', async () => (await servedName(served.port)) === 'first')
    link(second)
    await waitFor('the second', async () => (await servedName(served.port)) === 'second')
  })

  it('and cannot be used leaves the one before in service, says so once, and is taken when it is put right', async () => {
    const { port, certFile, keyFile, write, lines } = await serve(createTestCertificate('first'))
    const second = createTestCertificate('second')
    const warnings = () => lines.filter((line) => line.includes('cannot be renewed')).length
    write(certFile, second.cert)
    await waitFor('the warning', () => warnings() > 0)
    expect(await servedName(port)).toBe('first')
    write(keyFile, second.key)
    await waitFor('the new certificate', async () => (await servedName(port)) === 'second')
    expect(warnings()).toBe(1)
    expect(lines.join('')).toContain('the certificate was renewed')
    expect(lines.join('')).not.toContain('PRIVATE')
  })
})

describe('the settings of TLS', () => {
  it('are both there or none', () => {
    expect(tlsFilesOf({})).toBeUndefined()
    expect(tlsFilesOf({ TLS_CERT: 'a', TLS_KEY: 'b' })).toEqual({ certFile: 'a', keyFile: 'b' })
    expect(() => tlsFilesOf({ TLS_CERT: 'a' })).toThrow(/^TLS_KEY: /)
    expect(() => tlsFilesOf({ TLS_KEY: 'b' })).toThrow(/^TLS_CERT: /)
  })

  it.each([
    ['no file', (files: ReturnType<typeof filesOf>) => unlinkSync(files.certFile), /^TLS_CERT: /],
    ['no key', (files: ReturnType<typeof filesOf>) => unlinkSync(files.keyFile), /^TLS_KEY: /],
    ['no PEM', (files: ReturnType<typeof filesOf>) => writeFileSync(files.certFile, 'text'), /^TLS_CERT or TLS_KEY: /],
    [
      'the key of another certificate',
      (files: ReturnType<typeof filesOf>) => writeFileSync(files.keyFile, createTestCertificate().key),
      /^TLS_CERT or TLS_KEY: /,
    ],
  ])('do not start a server with %s', (_name, spoil, message) => {
    const files = filesOf(createTestCertificate())
    spoil(files)
    expect(() => readTlsIdentity(files)).toThrow(message)
  })
})
