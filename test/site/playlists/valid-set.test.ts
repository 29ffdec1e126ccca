import { describe, expect, it } from 'vitest'
import { type Language, languages } from '#platform/pages/language.ts'
import { toDocument } from '#platform/pages/layout.ts'
import { localeOf } from '#platform/pages/locale.ts'
import { playlistPage } from '../../../services/site/pages/playlist-page.ts'
import type { PlaylistView } from '../../../services/site/playlists/playlist-view.ts'
import { htmlErrors } from '../../support/html-errors.ts'

/** A set of which every text is this one, as it is while it goes on. */
const setOf = (text: string): PlaylistView => ({
  publicId: 'public-id',
  isGoingOn: true,
  trackIds: ['000000000000000a', undefined, undefined],
  playlist: {
    ...{ displayName: text, name: text, startedAt: '2026-02-13T07:58:00.000Z' },
    tracks: [
      {
        ...{ title: text, artist: text, label: text, remixer: text, key: text },
        ...{ bpm: 120, deck: 1, atSeconds: 0, playedSeconds: 900 },
      },
      { title: text, key: '8A', bpm: 121, deck: 2, atSeconds: 400 },
      { key: '9A', bpm: 125, deck: -3, atSeconds: 700 },
    ],
  },
})
const nothing: PlaylistView['playlist'] = {
  ...{ displayName: null, name: null, startedAt: '2026-02-13T07:58:00.000Z', tracks: [] },
}
const pageOf = (view: PlaylistView, language: Language) => {
  const locale = localeOf(language)
  return toDocument(playlistPage(view, locale, 'https://charts.example'), locale, 'https://charts.example')
}

describe('the page of a set', () => {
  it.each([
    `"><script>alert('x')</script>`,
    `'><img src=x onerror=alert(1)>`,
    '</title></bdi></table><h1>',
    '<!-- --!> ]]> <![CDATA[ {{7*7}} `',
    '&lt;b&gt; &amp; \u0000\u001b\u202e\ufeff\uffff',
    '</script><script>',
    '</svg><style>',
  ])('is valid HTML in every language, and text stays text, where every text of it is %j', async (text) => {
    for (const language of languages) {
      const page = pageOf(setOf(text), language)
      expect(await htmlErrors(page)).toEqual([])
      expect(page).not.toMatch(/<img|<script>|<style/)
      expect(page.match(/<h1>/g)).toHaveLength(1)
    }
  })

  it('is valid HTML where there is nothing in it', async () => {
    for (const language of languages) {
      const view = { publicId: 'public-id', isGoingOn: false, trackIds: [], playlist: nothing }
      expect(await htmlErrors(pageOf(view, language))).toEqual([])
    }
  })
})
