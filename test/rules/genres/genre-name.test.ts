import { describe, expect, it } from 'vitest'
import { genreName, genreOfScene, genresAbove } from '#rules/genres/genre-name.ts'

describe('a genre', () => {
  it('is named by its words, and some as people write them', () => {
    expect(['drum-and-bass', 'rnb', 'uk-garage', 'made-up-thing'].map(genreName)).toEqual([
      ...['Drum and bass', 'R&B', 'UK garage', 'Made up thing'],
    ])
  })

  it('lies under those above it, the widest first', () => {
    expect(genresAbove('deep-house')).toEqual(['electronic', 'house'])
    expect(genresAbove('made-up-thing')).toEqual([])
  })

  it('has a scene that names it', () => {
    expect([genreOfScene('scene-house'), genreOfScene('house')]).toEqual(['house', undefined])
  })
})
