import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { TrackTags } from '#rules/identity/clean-tags.ts'
import { trackIdentity } from '#rules/identity/track-key.ts'

const document = readFileSync(new URL('../../../docs/track-identity.md', import.meta.url), 'utf8')
const rows = document
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  )

/** `artist / title / remixer: … / file: …`, as the document writes a play. */
function readPlay(cell: string): TrackTags {
  const [artist = '', title = '', ...others] = cell.split(' / ')
  const other = (name: string): string | undefined =>
    others.find((part) => part.startsWith(`${name}: `))?.slice(name.length + 2)
  const known = (text: string): string | undefined => (text === '∅' ? undefined : text)
  return { artist: known(artist), title: known(title), remixer: other('remixer'), fileName: other('file') }
}

describe('the rules of what is the same track', () => {
  const pairs = rows.filter(([, , same]) => same === 'same' || same === 'other')

  it('are a table of many cases in the document', () => {
    expect(pairs.length).toBeGreaterThan(50)
  })

  it.each(pairs)('hold: %s | %s | %s', (one = '', other = '', same = '') => {
    const [a, b] = [trackIdentity(readPlay(one)), trackIdentity(readPlay(other))]
    expect([a.kind, b.kind]).toEqual(['track', 'track'])
    expect(a.kind === 'track' && b.kind === 'track' && a.trackId === b.trackId ? 'same' : 'other').toBe(same)
  })

  const none = rows.filter(([, kind]) => kind === 'placeholder' || kind === 'no-artist-or-title')

  it('name what is no track', () => {
    expect(none.length).toBeGreaterThan(5)
  })

  it.each(none)('hold: %s is %s', (play = '', kind = '') => {
    expect(trackIdentity(readPlay(play)).kind).toBe(kind)
  })
})
