import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readYear, YEAR_MAX, YEAR_MIN } from '#rules/tags/year.ts'
import { Tags } from '#schemas/records/track-play.ts'

describe('a year', () => {
  it.each([
    '2009',
    ' 2009 ',
    '2009-05-04',
    '2009-05',
    '2009-00-00',
    '2009/5/4',
    '2009.05.04',
    '2009-05-04T12:30:00Z',
    '2009-05-04 12:30:00.000+02:00',
    '20090504',
    '04/05/2009',
    '5/24/2009',
    '24.12.2009',
    '05/2009',
    'May 2009',
    '4 May 2009',
    '4th May 2009',
    'Sept. 2009',
    'december 31, 2009',
  ])('is 2009 in "%s"', (text) => {
    expect(readYear(text)).toBe(2009)
  })

  it.each([
    '',
    'unknown',
    '09',
    "'99",
    '0',
    '0000',
    '9999',
    '1859',
    '2101',
    '2009-2010',
    '2009-13-01',
    '2009-05/04',
    '20091504',
    '45/45/2009',
    'Track 2009',
    'Hello 2009',
    '2009 2009',
    '-2009',
    '04/05/09',
  ])('is not in "%s"', (text) => {
    expect(readYear(text)).toBeUndefined()
  })

  it('may be a number already', () => {
    expect([1860, 2009, 2100].map(readYear)).toEqual([1860, 2009, 2100])
    for (const number of [1859, 2101, 2009.5, 20090504, Number.NaN, -2009]) expect(readYear(number)).toBeUndefined()
  })

  it('has the bounds of the tag', () => {
    expect(Tags.properties.year).toMatchObject({ minimum: YEAR_MIN, maximum: YEAR_MAX })
  })

  it('is read out of any text without an error, and reading what was read changes nothing', () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^\d{1,4}[-./ ]?\d{0,2}[-./ ]?\d{0,4}$/))
    fc.assert(
      fc.property(text, (any) => {
        const year = readYear(any)
        if (year !== undefined) expect([readYear(year), readYear(String(year))]).toEqual([year, year])
      }),
    )
  })
})
