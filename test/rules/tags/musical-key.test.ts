import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { musicalKeys, readMusicalKey } from '#rules/tags/musical-key.ts'

/** The wheel as the makers of the notations print it, and other ways to write each key. */
const wheel: readonly (readonly [camelot: string, openKey: string, name: string, others: readonly string[]])[] = [
  ['1A', '6m', 'G#m', ['Abm', 'G#min', 'A flat minor', 'as-moll', 'gis-Moll', 'A♭m']],
  ['2A', '7m', 'Ebm', ['D#min', 'E flat minor', 'es-moll', 'dis-moll', 'E♭ minor', 'E-flat minor']],
  ['3A', '8m', 'Bbm', ['A#m', 'B flat minor', 'b-moll', 'ais-moll', 'A sharp minor', 'Asharp min']],
  ['4A', '9m', 'Fm', ['F minor', 'f-moll', 'Fmin', 'E#m']],
  ['5A', '10m', 'Cm', ['C minor', 'c-Moll', 'C min.']],
  ['6A', '11m', 'Gm', ['g minor', 'g-moll']],
  ['7A', '12m', 'Dm', ['D Minor', 'd-moll', 'Dmin']],
  ['8A', '1m', 'Am', ['am', 'A min', 'a-moll', 'Aminor']],
  ['9A', '2m', 'Em', ['e minor', 'e-moll', 'Emin']],
  ['10A', '3m', 'Bm', ['Hm', 'h-moll', 'B minor', 'Cbm']],
  ['11A', '4m', 'F#m', ['fis-moll', 'Gbm', 'F♯ minor', 'F sharp minor', 'F＃m']],
  ['12A', '5m', 'C#m', ['Dbm', 'cis-moll', 'des-moll', 'C#min']],
  ['1B', '6d', 'B', ['H', 'B major', 'H-Dur', 'Cb', 'Ces-Dur']],
  ['2B', '7d', 'F#', ['Gb', 'Fis-Dur', 'Ges-Dur', 'F# maj', 'G♭']],
  ['3B', '8d', 'Db', ['C#', 'Des-Dur', 'Cis', 'D flat major']],
  ['4B', '9d', 'Ab', ['G#', 'As-Dur', 'As', 'A♭maj']],
  ['5B', '10d', 'Eb', ['D#', 'Es-Dur', 'Es', 'D♯']],
  ['6B', '11d', 'Bb', ['A#', 'B-Dur', 'B flat', 'BB']],
  ['7B', '12d', 'F', ['F major', 'F-Dur', 'E#']],
  ['8B', '1d', 'C', ['C maj', 'c-dur', 'B#']],
  ['9B', '2d', 'G', ['G major', 'G-Dur']],
  ['10B', '3d', 'D', ['D maj.', 'D-Dur']],
  ['11B', '4d', 'A', ['A major', 'A-Dur']],
  ['12B', '5d', 'E', ['E Major', 'Fb', 'E-Dur']],
]

describe('a musical key', () => {
  it.each(wheel)('%s is %s of Open Key and %s, however it is written', (camelot, openKey, name, others) => {
    const zero = camelot.padStart(3, '0')
    const lower = camelot.toLowerCase()
    for (const text of [camelot, zero, lower, openKey, openKey.toUpperCase(), name, ` ${name} `, ...others]) {
      expect([text, readMusicalKey(text)]).toEqual([text, { name, camelot }])
    }
  })

  it('is one of 24', () => {
    expect(musicalKeys.map(({ camelot }) => camelot).sort()).toEqual(wheel.map(([camelot]) => camelot).sort())
  })

  it('may be written in several notations that say the same', () => {
    for (const text of ['Am (8A)', '8A - Am', 'Am / 1m', '[8A]']) expect(readMusicalKey(text)?.name).toBe('Am')
    expect(readMusicalKey('F#/Gb')?.name).toBe('F#')
  })

  it.each([
    'Am/C',
    '8A, 9A',
    '0A',
    '13A',
    '0m',
    '13d',
    '8C',
    '8',
    'o',
    'J',
    'm',
    'minor',
    'A-',
    'Amazing',
    'All',
    'Asus4',
    'unknown',
    '',
    '/',
    '   ',
  ])('"%s" is none', (text) => {
    expect(readMusicalKey(text)).toBeUndefined()
  })

  it.each(['a', 'c#', 'es', 'AM', 'EBM'])('"%s" is none, for it may be major and minor', (text) => {
    expect(readMusicalKey(text)).toBeUndefined()
  })

  it('is read out of any text without an error, and reading what was read changes nothing', () => {
    const piece = fc.constantFrom(
      'A',
      'b',
      'H',
      '#',
      '♭',
      'is',
      'es',
      'm',
      'in',
      'or',
      ' ',
      '-',
      '/',
      'Dur',
      'moll',
      '8',
      '1',
    )
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(piece, { maxLength: 6 }).map((all) => all.join('')),
    )
    fc.assert(
      fc.property(text, (any) => {
        const key = readMusicalKey(any)
        if (key === undefined) return
        expect(readMusicalKey(key.name)).toBe(key)
        expect(readMusicalKey(key.camelot)).toBe(key)
      }),
    )
  })
})
