import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cleanTags } from '#rules/identity/clean-tags.ts'
import { plainText } from '#rules/identity/plain-text.ts'
import { trackIdentity } from '#rules/identity/track-key.ts'
import { cleanedForm, identifyTrack, toTrackId } from '#rules/track-identity.ts'

/** Texts as they are in real libraries, so that the marks meet each other, among texts of any kind. */
const piece = fc.constantFrom(
  ...[
    'Dream On',
    'The',
    '(Live)',
    '[Clean]',
    '(',
    ')',
    '[',
    ' - ',
    ' / ',
    'feat. B',
    'ft.',
    'Remix',
    '(Intro)',
    '02 ',
    '_',
  ],
  ...[
    '8A',
    '124',
    'Radio Edit',
    '2012 Remaster',
    'Pt. II',
    '&amp;',
    '&',
    "'n'",
    "in'",
    '$',
    '!',
    'ё',
    'é',
    'А',
    '\u200b',
  ],
  ...[
    'x',
    ' x ',
    'vs.',
    ', The',
    'ID',
    'Unknown',
    '.mp3',
    '¡',
    '＆amp;',
    '#',
    '\u0000',
    '\ud800',
    'ﬁ',
    'İ',
    'か\u3099',
    'of',
    '(2)',
  ],
)
const typed = fc
  .array(fc.oneof(piece, fc.string({ unit: 'binary', maxLength: 3 })), { maxLength: 8 })
  .map((parts) => parts.join(''))
const spaced = fc.array(piece, { maxLength: 8 }).map((parts) => parts.join(' '))
const text = fc.oneof(typed, spaced, fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }))

describe('cleaning tags', () => {
  it('done twice is done once, for a plain text', () => {
    fc.assert(
      fc.property(text, (any) => {
        expect(plainText(plainText(any))).toBe(plainText(any))
      }),
      { numRuns: 3000 },
    )
  })

  it('done twice is done once, for artist and title', () => {
    fc.assert(
      fc.property(text, text, (artist, title) => {
        const once = cleanTags({ artist, title })
        if (once.kind !== 'track') return
        const twice = cleanTags({ artist: once.artist, title: once.title })
        expect(twice).toMatchObject({ kind: 'track', artist: once.artist, title: once.title, key: once.key })
      }),
      { numRuns: 5000 },
    )
  })

  it('never throws, whatever the texts hold', () => {
    const any = fc.option(fc.oneof(text, fc.string({ unit: 'binary', minLength: 2000, maxLength: 10_000 })), {
      nil: undefined,
    })
    fc.assert(
      fc.property(any, any, any, any, (artist, title, remixer, fileName) => {
        expect(trackIdentity({ artist, title, remixer, fileName })).toHaveProperty('kind')
      }),
      { numRuns: 1000 },
    )
  })

  it.each([
    ['(', 10_000],
    ['([{', 3000],
    [' - ', 3000],
    ['&amp;', 2000],
    ['a ', 5000],
    ["'", 10_000],
    ['0', 10_000],
    [' feat. ', 1500],
    ['\ud800', 10_000],
    ['a.', 5000],
  ])('takes %j, %i times, in its stride', (unit, times) => {
    const long = unit.repeat(times)
    expect(trackIdentity({ artist: `A${long}`, title: long })).toHaveProperty('kind')
    expect(trackIdentity({ artist: 'A', title: `A${long}` })).toHaveProperty('kind')
  })

  it('names who is featured, once cleaned', () => {
    const clean = cleanTags({ artist: 'Calvin Harris feat. John Newman', title: 'Blame (with HAIM)' })
    expect(clean).toMatchObject({ artist: 'calvin harris', title: 'blame', featured: ['john newman', 'haim'] })
  })

  it('keeps a title that is nothing but a mark', () => {
    expect(cleanTags({ artist: 'The xx', title: 'Intro' })).toMatchObject({ title: 'intro' })
    expect(cleanTags({ artist: 'Prince', title: '1999' })).toMatchObject({ title: '1999' })
    expect(cleanTags({ artist: '!!!', title: '???' })).toMatchObject({ artist: '!!!', title: '???' })
    expect(cleanTags({ artist: 'Jay-Z', title: '99 Problems' })).toMatchObject({ title: '99 problems' })
  })
})

describe('the identity of a track', () => {
  it('stays what it is from release to release', () => {
    // Known ids: a change of these is a new IDENTITY_VERSION and a rebuild of every chart.
    expect(identifyTrack('Aerosmith', 'Dream On')).toEqual({
      kind: 'track',
      trackId: '84dace7d5e915d75',
      track: BigInt('0x84dace7d5e915d75').toString(),
    })
    expect(toTrackId(BigInt('0x84dace7d5e915d75').toString())).toBe('84dace7d5e915d75')
    expect(toTrackId('1')).toBe('0000000000000001')
  })

  it('takes the remixer and the file name where artist and title leave them out', () => {
    const remix = identifyTrack('Calvin Harris', 'Blame (Burns Remix)')
    expect(identifyTrack('Calvin Harris', 'Blame', { remixer: 'BURNS' })).toEqual(remix)
    expect(identifyTrack(undefined, undefined, { fileName: 'Calvin Harris - Blame (Burns Remix).mp3' })).toEqual(remix)
  })

  it('has a form of a text that its spellings share', () => {
    expect(cleanedForm(' BEYONCÉ\u200b ')).toBe('beyonce')
    expect(cleanedForm('Can&#039;t  “Stop”')).toBe('can\'t "stop"')
  })
})
