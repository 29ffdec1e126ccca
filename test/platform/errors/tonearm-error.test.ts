import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { errorCatalogue, TonearmError } from '#platform/errors/tonearm-error.ts'

const page = readFileSync(new URL('../../../docs/errors.md', import.meta.url), 'utf8')

describe('the catalogue of errors', () => {
  it('is the table of docs/errors.md, code by code', () => {
    const rows = [...page.matchAll(/^\| `([a-z-]+)` \| (yes|no) \| ([^|]+) \| [^|]+ \|$/gm)]
    const documented = rows.map(([, code, retryable, meaning]) => ({ code, retryable: retryable === 'yes', meaning }))
    expect(documented).toEqual(Object.entries(errorCatalogue).map(([code, entry]) => ({ code, ...entry })))
  })
})

describe('an error', () => {
  it('says whether trying again may help, by its code', () => {
    expect(new TonearmError('log-unavailable', 'no confirmation').retryable).toBe(true)
    expect(new TonearmError('config-invalid', 'PORT: must be number').retryable).toBe(false)
  })

  it('keeps what caused it', () => {
    const cause = new Error('the disk is full')
    expect(new TonearmError('log-unavailable', 'no confirmation', cause).cause).toBe(cause)
    expect('cause' in new TonearmError('log-unavailable', 'no confirmation')).toBe(false)
  })
})
