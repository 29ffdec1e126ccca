import { describe, expect, it } from 'vitest'
import { isRequired, optionalParts } from './optional-parts.ts'

describe('TONEARM_REQUIRE', () => {
  it('requires the parts that it names, and no other', () => {
    expect(optionalParts.map(({ name }) => isRequired(name, 'kafka'))).toEqual(
      optionalParts.map(({ name }) => name === 'kafka'),
    )
    const named = ['data', 'kafka', 'browser']
    expect(optionalParts.filter(({ name }) => isRequired(name, named.join())).map(({ name }) => name)).toEqual(named)
  })

  it('requires nothing where it is empty', () => {
    expect(optionalParts.some(({ name }) => isRequired(name, ''))).toBe(false)
  })

  it('refuses a name of no part, which would require nothing without anybody noticing', () => {
    expect(() => isRequired('data', 'data,kafak')).toThrow('there is no part kafak')
  })
})
