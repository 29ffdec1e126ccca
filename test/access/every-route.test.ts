import { connect } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { pino } from 'pino'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { problemCatalogue } from '#platform/http/problem-catalogue.ts'
import { languages, pathInLanguage } from '#platform/pages/language.ts'
import { sharedAssets } from '#platform/pages/shared-assets.ts'
import type { Running } from '#platform/process/run-process.ts'
import { ownScripts } from '../../services/account/pages/own-scripts.ts'
import { siteScripts } from '../../services/site/site-scripts.ts'
import { readStandaloneConfig } from '../../services/standalone/standalone-config.ts'
import { startStandalone } from '../../services/standalone/start-standalone.ts'
import { newDataDir } from '../support/start-server.ts'

const ownPages = {
  GET: [
    ...['/me', '/me/sign-in', '/me/sign-in/provider', '/me/signed-out', '/me/signed-out/provider'],
    ...['/me/sessions', '/me/sessions/:key', '/me/sessions/:key/delete'],
    ...['/me/profile', '/me/choices', '/me/upload', '/me/data', '/me/erase', '/me/erasures/:receipt'],
  ],
  POST: [
    ...['/me/sign-in', '/me/sign-out', '/me/begin', '/me/sessions/:key', '/me/sessions/:key/delete'],
    ...['/me/profile', '/me/choices', '/me/upload-token', '/me/export', '/me/erase'],
  ],
}

/** Routes that are no part of `/openapi.json`: pages, and what operators ask. None of them wants a token. */
const pages = [
  ...['/', '/charts/:region/:genre/:period', '/tracks/:trackId', '/playlists/:publicId', '/playlists/:publicId/events'],
  ...['/embed/charts/:region/:genre/:period', '/search', '/developers', '/developers/api', '/privacy'],
]
const undocumented = [
  ...languages.flatMap((language) => [...pages, '/problems/:code', '/*'].map((path) => pathInLanguage(path, language))),
  ...[...Object.values(sharedAssets), ...Object.values(siteScripts), ...Object.values(ownScripts)].map(
    ({ path }) => path,
  ),
  ...['/charts/:region/:genre/:period/image.png', '/playlists/:publicId/image.png'],
  ...['/feeds/charts/:region/:genre/:kind.atom', '/robots.txt', '/sitemap.xml', '/sitemaps/:part.xml'],
  ...['/healthz', '/readyz', '/metrics', '/openapi.json'],
]
  .map((url) => `GET ${url}`)
  .concat(['OPTIONS /sql', 'OPTIONS /sql/'])

/** The DJ's own pages: they want a sign-in, and forms of theirs. */
const own = languages.flatMap((language) =>
  Object.entries(ownPages).flatMap(([method, paths]) =>
    paths.map((path) => `${method} ${pathInLanguage(path, language)}`),
  ),
)

const made = vi.hoisted(() => ({ servers: [] as unknown[], routes: [] as { method: string; url: string }[] }))

// The server as it is, but that its routes are written down as they are registered, in whichever way.
vi.mock('#platform/http/server.ts', async (importOriginal) => {
  const original = await importOriginal<typeof import('#platform/http/server.ts')>()
  return {
    ...original,
    createServer: (options: Parameters<typeof original.createServer>[0]) => {
      const server = original.createServer(options)
      server.addHook('onRoute', ({ method, url }) => {
        for (const one of [method].flat()) made.routes.push({ method: one, url })
      })
      made.servers.push(server)
      return server
    },
  }
})

let running: Running
let server: FastifyInstance

beforeAll(async () => {
  const { config } = readStandaloneConfig({ DATA_DIR: newDataDir(), PORT: '0', CHARTS_CRON: '0 0 29 2 *' })
  running = await startStandalone(config, { logger: pino({ level: 'silent' }) })
  server = made.servers[0] as FastifyInstance // the only kind that is made
  return () => running.close()
})

const names = () => made.routes.filter(({ method }) => method !== 'HEAD').map(({ method, url }) => `${method} ${url}`)
const documented = () =>
  Object.entries(server.swagger().paths ?? {}).flatMap(([path, operations]) =>
    Object.keys(operations ?? {}).map((method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
  )
const secured = () =>
  Object.entries(server.swagger().paths ?? {}).flatMap(([path, operations]) =>
    Object.entries(operations ?? {}).flatMap(([method, operation]) => {
      const { security = [] } = operation as { security?: unknown[] } // an operation of the document
      return security.length > 0 ? [`${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`] : []
    }),
  )

/** Over the network, for some answers are given past the server's hooks. */
async function ask(method: string, url: string, accept = '*/*') {
  const answer = await fetch(new URL(url, running.address), { method, headers: { accept }, redirect: 'manual' })
  await answer.arrayBuffer()
  return { status: answer.status, headers: Object.fromEntries(answer.headers) }
}

/** Every way in which there is an answer: each route, and what is no route, with and without HTML wanted. */
async function answers(): Promise<[string, Awaited<ReturnType<typeof ask>>][]> {
  const requests = [
    ...made.routes.map(({ method, url }) => [method, url.replace(/:\w+/g, 'world').replace('*', 'nothing')] as const),
    ...Object.keys(problemCatalogue).map((code) => ['GET', `/problems/${code}`] as const),
    ['GET', '/v1/nothing'],
    ['DELETE', '/v1/charts'],
    ['GET', '/%E0%A4%A'],
    ['GET', '/v1/charts?limit=none'],
    ['OPTIONS', '/v1/charts'],
  ] as const
  const all: [string, Awaited<ReturnType<typeof ask>>][] = []
  for (const [method, url] of requests) {
    for (const accept of ['*/*', 'text/html']) {
      all.push([`${method} ${url} (${accept})`, await ask(method, url, accept)])
    }
  }
  return all
}

/** What others put into pages of theirs: a chart without scripts, and the image of one. */
const isForOtherPages = (name: string) => /^(GET|HEAD) (\/de)?(\/embed\/|\/charts\/.*\/image\.png)/.test(name)

describe('every route of the service', () => {
  it('is in the document, or one of a few that are named here', () => {
    expect(documented().length).toBeGreaterThanOrEqual(12)
    expect(names().sort()).toEqual([...documented(), ...undocumented, ...own, 'GET /me/sign-in/callback'].sort())
  })

  it('wants a token when the document says so, and only then', async () => {
    for (const { method, url } of made.routes.filter((route) => route.method !== 'HEAD')) {
      const { status } = await ask(method, url.replace(/:\w+/g, 'world'))
      expect(status === 401, `${method} ${url} ${status}`).toBe(secured().includes(`${method} ${url}`))
    }
  })
})

describe("the DJ's own pages", () => {
  it('send who is not signed in to the sign-in, whatever is asked for or sent', async () => {
    for (const route of own.filter((name) => !/\/(sign|erasures)/.test(name))) {
      const [method = '', url = ''] = route.replace(/:\w+/g, 'world').split(' ')
      const { status, headers } = await ask(method, url, 'text/html')
      expect([status, headers['location']], route).toEqual([303, expect.stringMatching(/^(\/de)?\/me\/sign-in$/)])
    }
  })
})

describe('every answer', () => {
  it('sets no cookie', async () => {
    for (const [name, { headers }] of await answers()) expect(headers, name).not.toHaveProperty('set-cookie')
  })

  it('tells browsers to run nothing of others, frame nothing, guess nothing and pass nothing on', async () => {
    for (const [name, { headers }] of await answers()) {
      const policy = String(headers['content-security-policy'])
      expect(policy, name).toContain("default-src 'none'")
      expect(policy, name).toContain(isForOtherPages(name) ? 'frame-ancestors *' : "frame-ancestors 'none'")
      expect(policy.replace('frame-ancestors *', ''), name).not.toMatch(/unsafe|script-src (?!'self';)|\*/)
      expect(headers, name).toMatchObject({
        'x-content-type-options': 'nosniff',
        // To our own pages a form tells where it came from.
        'referrer-policy': /^\w+ (\/de)?\/me\b(?!\/assets)/.test(name) ? 'same-origin' : 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'permissions-policy': expect.stringContaining('geolocation=()'),
        'cache-control': expect.stringMatching(/no-store|max-age/),
      })
      // Over plain HTTP it would be ignored; whether it is there tells whether TLS is.
      expect(headers, name).not.toHaveProperty('strict-transport-security')
    }
  })

  it('may be read by scripts of other sites where it is public data, and nowhere else', async () => {
    const isShared = (name: string) =>
      /^(GET|HEAD) \/(v1\/(charts|tracks|playlists|search)\b|feeds\/|openapi\.json)/.test(name)
    for (const [name, { headers }] of await answers()) {
      expect(headers['access-control-allow-origin'], name).toBe(isShared(name) ? '*' : undefined)
      const isOpen = isShared(name) || isForOtherPages(name)
      expect(headers['cross-origin-resource-policy'], name).toBe(isOpen ? 'cross-origin' : 'same-origin')
      expect(headers, name).not.toHaveProperty('access-control-allow-credentials')
    }
  })

  it('has no cookie and all of that also where the request was no HTTP', async () => {
    const text = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(new URL(running.address).port), '127.0.0.1', () => socket.end('nonsense\r\n\r\n'))
      let received = ''
      socket.setEncoding('utf8').on('data', (chunk) => {
        received += chunk
      })
      socket.once('close', () => resolve(received))
      socket.once('error', reject)
    })
    expect(text).toMatch(/^HTTP\/1\.1 400 /)
    expect(text).toMatch(/^x-content-type-options: nosniff\r$/m)
    expect(text).toMatch(/^content-security-policy: default-src 'none'/m)
    expect(text).not.toMatch(/set-cookie/i)
  })
})
