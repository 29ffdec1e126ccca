import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { genreTree } from '#rules/genres/genre-tree.ts'
import { genreSlug, genresOfTag, isKnownGenre, withAncestors } from '#rules/genres/genres-of-tag.ts'
import { slugify } from '#rules/genres/slugify.ts'

describe('genres of a tag', () => {
  it.each([
    ['House', ['electronic', 'house']],
    ['Tech House / Minimal; Deep House', ['deep-house', 'electronic', 'house', 'minimal', 'tech-house']],
    ['Drum & Bass', ['drum-and-bass', 'electronic']],
    ['DnB', ['drum-and-bass', 'electronic']],
    ['Hip-Hop/Rap', ['hip-hop']],
    ['R&B/Soul', ['rnb', 'soul']],
    ['Techno (Raw / Deep / Hypnotic)', ['electronic', 'techno']],
    ['Minimal / Deep Tech', ['electronic', 'minimal']],
    ['Nu Disco / Disco', ['disco', 'nu-disco']],
    ['House & Techno', ['electronic', 'house', 'techno']],
    ['Rock & Roll', ['rock', 'rock-and-roll']],
    ['Melodic House & Techno', ['electronic', 'house', 'melodic-house']],
    ['(17)Rock', ['rock']],
    ['Reggaetón', ['latin', 'reggaeton']],
    ['Amapiano', ['amapiano', 'electronic', 'house']],
    ['Dance / Pop', ['dance', 'electronic', 'pop']],
    ['Folk / Rock', ['folk', 'rock']],
    ['Folk Rock', ['folk-rock', 'rock']],
    ['Funk / Soul', ['funk', 'soul']],
    ['Jersey Club', ['bass-music', 'electronic', 'jersey-club']],
    ['Hardgroove Techno', ['electronic', 'hard-groove', 'techno']],
    ['House / Skweee Revival', ['electronic', 'house', 'skweee-revival']],
  ])('%s is %j', (tag, genres) => {
    expect(genresOfTag(tag)).toEqual(genres)
  })

  it('keeps a slug of its own for a genre that the tree does not know', () => {
    expect(genresOfTag('Skweee Revival')).toEqual(['skweee-revival'])
    expect(isKnownGenre('skweee-revival')).toBe(false)
  })

  it('names no genre where there is none', () => {
    expect(genresOfTag(' / ; ')).toEqual([])
    expect(genresOfTag('(17)')).toEqual([])
    expect(genresOfTag('2024')).toEqual([])
  })

  it('never takes the name of a kind of chart', () => {
    expect(genreSlug('All')).toBe('genre-all')
    expect(genreSlug('Scene House')).toBe('genre-scene-house')
  })

  it('gives every text slugs that are slugs, each once and sorted', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (tag) => {
        const genres = genresOfTag(tag)
        expect(genres).toEqual([...new Set(genres)].sort())
        for (const slug of genres) expect(slugify(slug)).toBe(slug)
      }),
    )
  })
})

describe('the tree of genres', () => {
  it('ends at the top from every genre', () => {
    for (const slug of genreTree.slugs.values()) {
      const above = withAncestors([slug])
      expect(above).toContain(slug)
      expect(above.length).toBeLessThan(6)
    }
  })

  it('has no way to write a genre twice', () => {
    const ways = genreTree.ways.map((way) => slugify(way))
    expect(ways.filter((way, index) => ways.indexOf(way) !== index)).toEqual([])
  })

  it('knows every parent as a genre', () => {
    for (const parent of genreTree.parents.values()) expect(isKnownGenre(parent)).toBe(true)
  })
})
