import { describe, expect, it } from 'vitest'
import { languages, pathInLanguage } from '#platform/pages/language.ts'
import { htmlErrors } from '../support/html-errors.ts'
import { openSite } from './open-site.ts'

const site = openSite()
const get = async (path: string) => (await site.server().inject({ url: path, headers: { accept: 'text/html' } })).body

/** What people and programs put into tags to see what happens. */
const hostile = [
  `"><script>alert('x')</script>`,
  `'><img src=x onerror=alert(1)>`,
  '</title></bdi></table><h1>',
  '<!-- --!> ]]> <![CDATA[ {{7*7}} `',
  '&lt;b&gt; &amp; &#x3c; \u0000\u001b\u202e\ufeff',
  'javascript:alert(1)',
]

async function publishAll(texts: readonly string[]): Promise<void> {
  const entries = texts.map((text, index) => ({ track: 10 + index, artist: text, title: text, label: text }))
  for (const period of ['2026-W05', '2026-W06', '2026-W07', '2026-02', '2026']) {
    for (const [region, genre] of [
      ['world', 'all'],
      ['world', 'house'],
      ['world', 'scene-house'],
      ['oceania', 'all'],
      ['NZ', 'all'],
      ['NZ', 'house'],
      ['NZ-AUK', 'all'],
    ] as const) {
      await site.publish({ region, genre, period, entries: period === '2026-W06' ? [...entries].reverse() : entries })
    }
  }
}

const paths = [
  '/',
  '/charts/world/all/2026-W07',
  '/charts/NZ/house/2026-02',
  '/charts/world/scene-house/2026',
  '/tracks/000000000000000a',
  '/privacy',
  '/problems/not-found',
  '/nowhere',
].flatMap((path) => languages.map((language) => pathInLanguage(path, language)))

describe('every page, in every language', () => {
  it('is valid HTML, whatever stands in tags', async () => {
    await publishAll(hostile)
    for (const path of paths) expect([path, ...(await htmlErrors(await get(path)))]).toEqual([path])
  })

  it('has the same elements with hostile tags as with plain ones', async () => {
    const elements = async (path: string) =>
      [...(await get(path)).matchAll(/<\/?[a-z!][^\s>]*/gi)].map(([name]) => name)
    await publishAll(hostile)
    const withHostile = new Map<string, string[]>()
    for (const path of paths) withHostile.set(path, await elements(path))
    await publishAll(hostile.map((_, index) => `plain ${index}`))
    for (const path of paths) expect([path, await elements(path)]).toEqual([path, withHostile.get(path)])
  })
})
