import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import { TonearmError } from '#platform/errors/tonearm-error.ts'
import { createServer } from '#platform/http/server.ts'
import { createLogger } from '#platform/logging/create-logger.ts'
import { logFields, logMessages, UNLISTED } from '#platform/logging/log-lines.ts'

const SECRET = 'ana@example.org'

function open(level = 'trace') {
  const lines: string[] = []
  const logger = createLogger({ level, destination: { write: (line: string) => void lines.push(line) } })
  const last = (): Record<string, unknown> => JSON.parse(lines.at(-1) ?? '{}')
  return { logger, lines, last, text: () => lines.join('') }
}

describe('a log line', () => {
  it('holds the fields that are listed, the time, the level and the message', () => {
    const { logger, last } = open()
    logger.info({ events: 3, code: 'log-unavailable', period: '2026-W07', route: '/v1/sessions/:key' }, 'charts built')
    expect(last()).toEqual({
      level: 30,
      time: expect.any(Number),
      events: 3,
      code: 'log-unavailable',
      period: '2026-W07',
      route: '/v1/sessions/:key',
      msg: 'charts built',
    })
  })

  it.each([
    ['a field that is not listed', { title: SECRET }],
    ['an object in a field', { code: { account: SECRET } }],
    ['a text in a field of numbers', { events: SECRET }],
    ['a text in a field of codes', { code: SECRET, reason: `sent by ${SECRET}` }],
    ['a URL in the place of a route', { route: `/v1/accounts/${SECRET}?q=1` }],
    ['a text among genres', { genres: [{ genre: SECRET, djs: SECRET, who: SECRET }, SECRET, null] }],
    ['a request and an answer', { req: { url: SECRET }, res: { headers: SECRET }, msg: SECRET, time: SECRET }],
    ['an object that says how it is written', { events: { toJSON: () => SECRET } }],
    ['an error beside other fields', { err: Object.assign(new Error(SECRET), { account: SECRET, name: SECRET }) }],
    [
      'a message that looks like the places of an error',
      { error: new Error(`first\n    at ${SECRET} (/file.ts:1:1)\n    at /${SECRET}:1:1`) },
    ],
    ['the cause of an error', { error: new TonearmError('store-refused', 'number 7', new Error(SECRET)) }],
    ['an error that is no error', { error: SECRET, err: { message: SECRET, stack: SECRET } }],
  ])('drops %s', (_name, fields) => {
    const { logger, text, last } = open()
    logger.error(fields, 'request failed')
    expect(text()).not.toContain('example.org')
    expect(last()).toMatchObject({ msg: 'request failed', level: 50 })
  })

  it('has the place of an error, its code, and the words of our own errors', () => {
    const { logger, last } = open()
    const cause = Object.assign(new RangeError(SECRET), { code: 'ERR_OUT_OF_RANGE' })
    logger.error({ error: new TonearmError('store-refused', 'ClickHouse error 47', cause) }, 'request failed')
    const frames = expect.arrayContaining([expect.stringMatching(/log-lines\.test\.ts:\d+:\d+/)])
    expect(last()['error']).toEqual({
      name: 'TonearmError',
      code: 'store-refused',
      detail: 'ClickHouse error 47',
      frames,
      cause: { name: 'RangeError', code: 'ERR_OUT_OF_RANGE', frames },
    })
  })

  it.each([
    ['a message that is not listed', (log: ReturnType<typeof open>['logger']) => log.info(`hello ${SECRET}`)],
    ['arguments of a message', (log: ReturnType<typeof open>['logger']) => log.info('request %s', SECRET)],
    ['an error in the place of everything', (log: ReturnType<typeof open>['logger']) => log.error(new Error(SECRET))],
    ['an error without a message', (log: ReturnType<typeof open>['logger']) => log.error({ err: new Error(SECRET) })],
    ['fields of a child', (log: ReturnType<typeof open>['logger']) => log.child({ account: SECRET }).info('request')],
    [
      'formatters, serializers and prefixes of a child',
      (log: ReturnType<typeof open>['logger']) =>
        log
          .child(
            {},
            { msgPrefix: SECRET, serializers: { events: () => SECRET }, formatters: { log: () => ({ SECRET }) } },
          )
          .child({ account: SECRET }, { redact: [SECRET] })
          .info({ events: 1, account: SECRET }, 'request'),
    ],
    [
      'fields that are bound later',
      (log: ReturnType<typeof open>['logger']) => {
        log.setBindings({ account: SECRET })
        log.info('request')
      },
    ],
  ])('drops %s', (_name, write) => {
    const { logger, text, lines } = open()
    write(logger)
    expect(lines).toHaveLength(1)
    expect(text()).not.toContain('example.org')
  })

  it('says that a message was left out', () => {
    const { logger, last } = open()
    logger.info({ events: 1 }, 'anything else')
    expect(last()).toMatchObject({ events: 1, msg: UNLISTED })
  })

  it('keeps the request id of a child, and its level', () => {
    const { logger, last, lines } = open('info')
    const reqId = '2f1f6b1e-6b0f-4b57-9a6e-0d8f4f0c5a11'
    const child = logger.child({ reqId }, { level: 'warn' })
    child.info('request')
    expect(lines).toEqual([])
    child.warn('request')
    expect(last()).toMatchObject({ reqId, msg: 'request' })
  })

  it('never holds the address of a caller, in whatever field it comes', () => {
    const fields = fc.constantFrom(...Object.keys(logFields), 'ip', 'remoteAddress', 'host')
    const addresses = fc.oneof(fc.ipV4(), fc.ipV6(), fc.emailAddress())
    fc.assert(
      fc.property(fields, addresses, (field, address) => {
        const { logger, text } = open()
        logger.info({ [field]: address }, address)
        logger.info({ [field]: { address } }, 'request')
        logger.error({ [field]: new Error(address) }, 'request')
        // The shortest of them, such as `::`, is in every line anyway.
        if (address.length > 7) expect(text()).not.toContain(address)
      }),
    )
  })
})

describe('a server that logs', () => {
  it('tells nothing of a request whose path, query, headers and errors name the account', async () => {
    const { logger, text, lines } = open()
    const server = createServer({ logger })
    onTestFinished(() => server.close())
    server.get('/v1/accounts/:sub/export', async (request) => {
      request.log.info({ req: request, account: SECRET }, SECRET)
      throw new Error(`no such account: ${SECRET}`, { cause: { sub: SECRET } })
    })
    server.get('/twice', async (_request, reply) => {
      reply.send('first')
      reply.send(SECRET)
    })
    const headers = { 'x-forwarded-for': '203.0.113.7', referer: `https://${SECRET}/`, 'user-agent': SECRET }
    for (const url of [
      `/v1/accounts/${SECRET}/export?who=${SECRET}`,
      `/twice?${SECRET}`,
      `/${SECRET}`,
      `/%E0%A4%A${SECRET}`,
    ]) {
      await server.inject({ url, headers, remoteAddress: '203.0.113.7' })
    }
    expect(lines.length).toBeGreaterThanOrEqual(5)
    expect(text()).toContain('/v1/accounts/:sub/export')
    expect(text()).not.toMatch(/example\.org|203\.0\.113\.7/)
  })
})

describe('the calls of the logger', () => {
  const services = fileURLToPath(new URL('../../../services/', import.meta.url))
  const sources = readdirSync(services, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
  const calls = sources.flatMap((file) => {
    const text = readFileSync(join(services, file), 'utf8').replace(/^ *(\*|\/\/).*$/gm, '')
    const found = text.matchAll(
      /\b(?:logger|log)\.(?:trace|debug|info|warn|error|fatal)\(((?:[^()]|\((?:[^()]|\([^()]*\))*\))*)\)/g,
    )
    return [...found].map(([, given = '']) => ({ file, given: given.replace(/\s+/g, ' ').trim() }))
  })

  it('are found', () => {
    expect(calls.length).toBeGreaterThanOrEqual(12)
  })

  it.each(calls)('have a message that is on the list: $file: $given', ({ given }) => {
    const message = /^(?:\{.*\},? ?)?'([^']*)',?$/.exec(given)?.[1]
    expect(message, 'the message is one literal text').toBeDefined()
    expect(logMessages, message).toContain(message)
  })

  it.each(calls)('have fields that are on the list: $file: $given', ({ given }) => {
    const fields = /^\{(.*)\}/.exec(given)?.[1] ?? ''
    const names = [...fields.matchAll(/(?:^|, ?)\s*(\w+)(?=\s*[:,]|\s*$)/g)].flatMap(([, name]) => name ?? [])
    expect(names.filter((name) => !(name in logFields))).toEqual([])
  })
})
