import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { cleanTags } from '#rules/identity/clean-tags.ts'
import { plainText } from '#rules/identity/plain-text.ts'
import { squashed, withoutArticle, wordsOf } from '#rules/identity/words.ts'
import { sharedData, withoutSharedData } from '../support/shared-data.ts'

const folder = join(sharedData, 'matching/title-cleaning-cases')

interface Case {
  readonly description: string
  readonly funcParameter?: string
  readonly fieldValue?: string
  readonly expectedValue: string
}

/** Why what a case expects is not what a chart wants, and the inputs of those cases. */
const reasons: Readonly<Record<string, readonly string[]>> = {
  'a live recording is another track': [
    'Track Title - Live',
    'Track Title - Live @ Moon',
    'Track Title (Live)',
    'Track Title (Live at somewhere)',
    'Track Title (En vivo)',
    'Track Title - Live / Remastered',
    'Track Title (Live / Remastered)',
  ],
  'a re-recording is another track': ['Track Title (Rerecorded)', 'Track Title [Rerecorded]'],
  'another version is another track, and nobody knows what this one is': ['Track Title (Super Cool Version)'],
  'a year or a date may tell two recordings apart, and numbers that differ are never the same': [
    'Track Title (2348)',
    'Track Title (whatever 2/12/18)',
  ],
  'the edit of a remix is that remix': ['Track Title - Group X Remix Edit'],
  'a short version is an edit of length': ['Track Title - Short Version'],
  'who is featured is kept apart from the artist and title': [
    'Artist A [feat. Artist B]',
    'Artist A feat. Artist B',
    'Imminent (Lyric Video) ft. Joshua Idehen',
  ],
  'joint artists are kept, in any order': ['Artist A x Artist B', 'Artist A & Artist B'],
  'nobody is named, so that a chart has nobody to show': [
    'Various Artists (Fundraiser for Ukraine)',
    'Various Artists',
  ],
  'a DJ types tags, not captions of a video: bare words may be the title': [
    'Track Title Full Album',
    'Track Title Sub Español',
    'Track Title clip',
    'Track Title | Foo | Bar',
    "'Track Title' whatever",
    'Track Title (Whatever Album Track)',
  ],
}
const whyNot = new Map(Object.entries(reasons).flatMap(([why, inputs]) => inputs.map((input) => [input, why] as const)))

const ofArtists = new Set(['album-artist-from-artist', 'fix-various-artists', 'remove-additional-artists'])

function readCases(): { file: string; input: string; expected: string }[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json'))
    .sort()
    .flatMap((name) => {
      // As the files of metadata-filter are: a list of cases.
      const cases = JSON.parse(readFileSync(join(folder, name), 'utf8')) as Case[]
      const file = name.replace(/^.*\//, '').replace('.json', '')
      return cases.map(({ funcParameter, fieldValue, expectedValue }) => ({
        file,
        input: funcParameter ?? fieldValue ?? '',
        expected: expectedValue,
      }))
    })
}

/** Here those inputs ask for what is done. */
const heldAnyway = new Set(['remove-feature', 'album-artist-from-artist', 'remove-remastered'])

/** What is compared: the words, for brackets, case and blanks are not what a cleaned form keeps. */
const wordsRun = (text: string): string => squashed(withoutArticle(wordsOf(plainText(text))))

function cleaned(file: string, input: string): string {
  const clean = ofArtists.has(file)
    ? cleanTags({ artist: input, title: 'x' })
    : cleanTags({ artist: 'x y z', title: input })
  if (clean.kind !== 'track') return clean.kind
  return wordsRun(ofArtists.has(file) ? clean.artist : clean.title)
}

describe.skipIf(withoutSharedData)('the cleaning cases of metadata-filter', () => {
  const cases = withoutSharedData ? [] : readCases()

  it('are all read', () => {
    expect(cases.length).toBeGreaterThan(200)
    const inputs = new Set(cases.map(({ input }) => input))
    expect([...whyNot.keys()].filter((input) => !inputs.has(input))).toEqual([])
  })

  it.each(cases.filter(({ file, input }) => !whyNot.has(input) || heldAnyway.has(file)))(
    '$file: $input',
    ({ file, input, expected }) => {
      expect(cleaned(file, input)).toBe(wordsRun(expected))
    },
  )

  it.each(
    cases
      .filter(({ file, input }) => whyNot.has(input) && !heldAnyway.has(file))
      .map((one) => ({ ...one, why: whyNot.get(one.input) })),
  )('$file: not $input, for $why', ({ file, input, expected }) => {
    expect(cleaned(file, input)).not.toBe(wordsRun(expected))
  })
})
