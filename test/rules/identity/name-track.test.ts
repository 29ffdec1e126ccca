import fc from 'fast-check'
import { expect, it } from 'vitest'
import { nameTrack } from '#rules/identity/name-track.ts'

it.each([
  [
    'as they were typed',
    { artist: 'AEROSMITH', title: 'Dream  On (2012 Remaster)' },
    'AEROSMITH',
    'Dream On (2012 Remaster)',
  ],
  ['out of a title that says both', { title: 'mara vell - low tide' }, 'Mara Vell', 'Low Tide'],
  ['not of a placeholder', { artist: 'Unknown Artist', title: 'Mara Vell - Low Tide' }, 'Mara Vell', 'Low Tide'],
  ['out of the file where there is nothing else', { fileName: '03 Mara Vell - Low Tide.mp3' }, 'Mara Vell', 'Low Tide'],
  [
    'with the remixer that the title leaves out',
    { artist: 'Mara Vell', title: 'Low Tide', remixer: 'Otis' },
    'Mara Vell',
    'Low Tide (Otis Remix)',
  ],
])('shows texts %s', (_, tags, artist, title) => {
  expect(nameTrack(tags)).toMatchObject({ identity: { kind: 'track' }, artist, title })
})

it('shows no text of tags that name no track', () => {
  expect(nameTrack({ title: 'Low Tide' })).toEqual({ identity: { kind: 'no-artist-or-title' }, artist: '', title: '' })
})

it('never names a track without an artist and a title to show', () => {
  const text = fc.option(fc.string({ unit: 'binary', maxLength: 40 }), { nil: undefined })
  fc.assert(
    fc.property(text, text, text, text, (artist, title, remixer, fileName) => {
      const named = nameTrack({ artist, title, remixer, fileName })
      expect(named.artist !== '' && named.title !== '').toBe(named.identity.kind === 'track')
    }),
  )
})
