import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { TagName } from '../../schemas/records/track-play.ts'
import { checkTag, tagNames } from '../../services/upload/check-tag.ts'
import { type Id3Reading, readId3 } from '../../services/upload/read-id3.ts'
import { sharedData, withoutSharedData } from '../support/shared-data.ts'

/** What mutagen reads: for each block and field its values as texts. */
type Expected = Record<string, Partial<Record<TagName, readonly string[]>>>

/** Where we differ from mutagen, and why. */
const differences: Readonly<Record<string, string>> = {
  'Dethklok-mergeTagHeaders.id3 album':
    'the block holds TPE1, TCON, TIT2 and then padding up to its size: the album stood behind it, in another tag',
  'unparseable.id3 year': 'the year of `Oct 3, 1995`, which is no time that ID3v2.4 allows, but says what it means',
}

const numbers = new Set<TagName>(['bpm', 'year', 'trackNumber'])

/**
 * mutagen's values as the contract's one value: several as ID3v2.3 writes them (4.2: separated by "/"); of a number
 * what stands first ("6/11" is track 6 of 11, "2004-10-12" the year 2004, "128 BPM" 128); nothing where it makes no
 * sense by the schema (0, the year 0000, a BPM of 6).
 */
function asOneValue(name: TagName, values: readonly string[]): unknown {
  const text = name === 'year' ? (values[0] ?? '') : values.join('/')
  if (text === '') return undefined
  if (!numbers.has(name)) return text
  const digits = /^\d+/.exec(text)?.[0]
  const checked = digits === undefined || Number(digits) === 0 ? undefined : checkTag(name, Number(digits))
  return checked !== undefined && 'value' in checked ? checked.value : undefined
}

describe.skipIf(withoutSharedData)('ID3 blocks of real files', async () => {
  const folder = join(sharedData, 'id3')
  const expected: Expected = withoutSharedData ? {} : JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8'))
  const readings = new Map<string, Id3Reading | undefined>()
  for (const file of Object.keys(expected)) readings.set(file, await readId3(readFileSync(join(folder, file))))

  it('are all readable', () => {
    expect([...readings].filter(([, reading]) => reading === undefined).map(([file]) => file)).toEqual([])
    expect(readings.size).toBe(80)
  })

  it('give at least 99 in 100 of the fields that mutagen reads, and each difference has a reason', () => {
    const found: string[] = []
    let fields = 0
    for (const [file, tags] of Object.entries(expected)) {
      for (const name of tagNames) {
        const got = readings.get(file)?.tags[name]
        const values = tags[name]
        // mutagen's list leaves out what it was not asked for: length and rating.
        if (values === undefined && (name === 'lengthSeconds' || name === 'rating')) continue
        if (values !== undefined) fields += 1
        if (got !== (values === undefined ? undefined : asOneValue(name, values))) found.push(`${file} ${name}`)
      }
    }
    expect(found).toEqual(Object.keys(differences))
    expect(fields).toBeGreaterThan(300)
    expect(found.length).toBeLessThanOrEqual(fields / 100)
  })

  it('report a value that makes no sense instead of keeping it', () => {
    expect(readings.get('date.id3')?.leftOut).toEqual([{ name: 'bpm', code: 'tag-out-of-bounds' }])
  })

  it('give one to five stars', () => {
    const ratings = [0, 1, 2, 3, 4, 5].map((stars) => readings.get(`testcase-${stars}star.id3`)?.tags.rating)
    expect(ratings).toEqual([undefined, 1, 2, 3, 4, 5])
  })

  it('give no comment, picture or lyrics', () => {
    const text = JSON.stringify([...readings.values()])
    for (const leaked of [
      'iTunNORM',
      'the lyrics',
      'the comments',
      'www.NewAlbumReleases.net',
      'Check out your sash',
    ]) {
      expect(text).not.toContain(leaked)
    }
  })

  it('cost no more than a reading when they are cut off anywhere', async () => {
    for (const file of ['full.id3', 'id3v2-duration-allframes.id3', 'issue-979.id3', 'id3v2-xheader.id3']) {
      const block = readFileSync(join(folder, file))
      for (let length = 0; length < Math.min(block.length, 400); length++) {
        expect(await readId3(block.subarray(0, length))).toBeUndefined()
      }
    }
  })
})
