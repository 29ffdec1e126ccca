import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { genreSlug, genresOfTag, isKnownGenre } from '#rules/genres/genres-of-tag.ts'
import { sharedData, withoutSharedData } from '../support/shared-data.ts'

/** Floors a little under what was reached: 43 % of the tree's genres, all of the shop's names. */
const KNOWN_SHARE_MIN = 0.4

const read = (name: string) => readFileSync(join(sharedData, 'genres', name), 'utf8')

/** The leaves of the tree: `- name` is one, `- name:` has others under it. */
function leaves(yaml: string): string[] {
  const names = yaml.split('\n').flatMap((line) => /^\s*- (.+?)\s*$/.exec(line)?.[1] ?? [])
  return names.filter((name) => !name.endsWith(':')).map((name) => name.replace(/^(['"])(.*)\1$/, '$2'))
}

describe.skipIf(withoutSharedData)('genres of the field', () => {
  it('of a large DJ shop are all known, each part of them', () => {
    const names = read('beatport.txt')
      .split('\n')
      .map((name) => name.trim())
      .filter((name) => name !== '')
    expect(names).toHaveLength(46)
    expect(names.filter((name) => !genresOfTag(name).some(isKnownGenre))).toEqual([])
    expect(names.flatMap((name) => genresOfTag(name).filter((genre) => !isKnownGenre(genre)))).toEqual([])
  })

  it('of an encyclopedic tree are known where DJs play them, and keep a slug where not', () => {
    const genres = [...new Set(leaves(read('genres-tree.yaml')))]
    expect(genres.length).toBeGreaterThan(600)
    const known = genres.filter((genre) => genresOfTag(genre).some(isKnownGenre))
    const withSlug = genres.filter((genre) => genreSlug(genre) !== undefined)
    console.info(`genres of the tree: ${genres.length}, known ${known.length}, with a slug ${withSlug.length}`)
    expect(withSlug).toEqual(genres)
    expect(known.length / genres.length).toBeGreaterThan(KNOWN_SHARE_MIN)
  })
})
