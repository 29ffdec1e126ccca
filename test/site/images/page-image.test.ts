import { DOMParser } from '@xmldom/xmldom'
import { describe, expect, it } from 'vitest'
import { localeOf } from '#platform/pages/locale.ts'
import type { Playlist } from '#schemas/records/chart.ts'
import { playlistImage } from '../../../services/site/images/playlist-image.ts'
import { outlineText } from '../../../services/site/images/text-outlines.ts'
import { openSite } from '../open-site.ts'
import { PUBLIC_ID, publicSet, trackAt } from '../playlists/public-set.ts'

const site = openSite()
const set = publicSet(site)
const get = (url: string) => site.server().inject({ url })
const sizeOf = (png: Buffer) => [png.toString('latin1', 1, 4), png.readUInt32BE(16), png.readUInt32BE(20)]

describe('the image of a page', () => {
  it('is a PNG of the size that others show, for a set', async () => {
    await set.store({
      name: 'Friday',
      tracks: [trackAt(site.clock.nowMs, 0, {}, 1), trackAt(site.clock.nowMs, 4, {}, 2)],
    })
    await set.publish()
    const { headers, rawPayload, statusCode } = await get(`/playlists/${PUBLIC_ID}/image.png`)
    expect([statusCode, headers['content-type']]).toEqual([200, 'image/png'])
    expect(headers['cache-control']).toBe('public, max-age=10, must-revalidate')
    expect(headers['cross-origin-resource-policy']).toBe('cross-origin')
    expect(sizeOf(rawPayload)).toEqual(['PNG', 1200, 630])
  })

  it('shows the name that the set has now', async () => {
    await set.store({ name: 'Friday' })
    await set.publish()
    const before = await get(`/playlists/${PUBLIC_ID}/image.png`)
    await set.choose('name', 'Saturday')
    const after = await get(`/playlists/${PUBLIC_ID}/image.png`)
    expect(after.rawPayload.equals(before.rawPayload)).toBe(false)
  })

  it.each([
    '</text><script>alert(1)</script>',
    '"/><image href="http://a.example/"/>',
    '\u0000\uffff',
    '🎧',
    '',
    '&#0;',
    'ﷺ',
  ])('is drawn from outlines alone, whatever the name is: %j', async (name) => {
    const playlist: Playlist = { displayName: name, name, startedAt: '2026-02-13T07:58:00.000Z', tracks: [] }
    const { markup } = playlistImage(playlist, localeOf('en'))
    const names = [...new DOMParser().parseFromString(markup, 'image/svg+xml').getElementsByTagName('*')]
    expect(new Set(names.map(({ tagName }) => tagName))).toEqual(new Set(['svg', 'rect', 'g', 'circle', 'path']))
  })
})

describe('text as outlines', () => {
  const options = { x: 10, y: 50, sizePx: 40, weight: 600, widthMax: 300 } as const

  it('draws every letter with numbers that are numbers', () => {
    const { path, width } = outlineText('Friday, Ž 42', options)
    expect(path).not.toMatch(/NaN|undefined|Infinity|e-/)
    expect(width).toBeGreaterThan(100)
  })

  it('never grows wider than it may, and then ends in an ellipsis', () => {
    const long = outlineText('w'.repeat(100), options)
    expect(long.width).toBeLessThanOrEqual(300)
    const dots = outlineText('…', { ...options, x: 0 })
    expect(long.width).toBeGreaterThan(300 - 60)
    expect(dots.width).toBeGreaterThan(0)
  })

  it('leaves out what the typeface does not have', () => {
    expect(outlineText('戦場', options)).toEqual({ path: '', width: 0 })
    expect(outlineText('A戦', options).path).toBe(outlineText('A', options).path)
  })
})
