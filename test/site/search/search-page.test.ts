import { describe, expect, it } from 'vitest'
import { htmlErrors } from '../../support/html-errors.ts'
import { openSite } from '../open-site.ts'

const site = openSite({ publicUrl: 'https://charts.example' })
const get = (url: string) => site.server().inject({ url, headers: { accept: 'text/html' } })
const body = async (url: string) => (await get(url)).body

const publish = () =>
  site.publish({
    period: '2026-W07',
    entries: [
      { track: 10, artist: 'Kölsch & Perel', title: 'Grey', label: 'Kompakt' },
      { track: 11, artist: 'Kölsch', title: 'Goldfisch', label: 'Kompakt' },
    ],
  })

describe('the page of the search', () => {
  it('shows the field alone where nothing was asked', async () => {
    for (const url of ['/search', '/search?q=', '/search?q=%20']) {
      const page = await body(url)
      expect(page).toContain('<input id="q" name="q" type="search" value=""')
      expect(page).not.toContain('noindex')
      expect(page).not.toContain('role="status"')
    }
  })

  it('leads to tracks, to artists and to labels, in the language of the page', async () => {
    await publish()
    const page = await body('/de/search?q=k%C3%B6lsch')
    expect(page).toContain('<html lang="de">')
    expect(page).toContain('href="/de/tracks/000000000000000a"')
    expect(page).toContain('href="/de/search?artist=K%C3%B6lsch+%26+Perel"')
    expect(page).toContain('value="kölsch"')
    expect(page).toContain('Gefunden: 2 Tracks, 2 Interpreten, 0 Labels.')
    expect(await body('/search?q=kompakt')).toContain('href="/search?label=Kompakt"')
  })

  it('lists the tracks of an artist and of a label', async () => {
    await publish()
    for (const url of ['/search?artist=K%C3%B6lsch', '/search?label=Kompakt']) {
      const page = await body(url)
      expect(page).toContain('/tracks/000000000000000a')
      expect(page).toContain('/tracks/000000000000000b')
      expect(page).toMatch(/<h1><bdi>Tracks of (Kölsch|Kompakt)<\/bdi><\/h1>/)
    }
  })

  it('says so where nothing was found', async () => {
    expect(await body('/search?q=zzzz')).toContain('No chart has a track, an artist or a label like this.')
  })

  it('keeps what was found out of search engines', async () => {
    await publish()
    expect(await body('/search?q=grey')).toContain('<meta name="robots" content="noindex, follow">')
  })

  it.each([
    '"><script>alert(1)</script>',
    "' autofocus onfocus=alert(1) x='",
    '</title><b>',
    '\u0000\uffff',
    'a'.repeat(3000),
  ])('stays valid HTML whatever is asked: %j', async (question) => {
    await publish()
    for (const name of ['q', 'artist', 'label']) {
      const page = await body(`/search?${new URLSearchParams({ [name]: question })}`)
      expect(await htmlErrors(page)).toEqual([])
      expect(page).not.toMatch(/<script>|<b>|autofocus onfocus=alert\(1\) x='"/)
    }
  })

  it('takes a question twice for what it is: a mistake', async () => {
    expect((await get('/search?q=a&q=b')).statusCode).toBe(400)
  })
})
