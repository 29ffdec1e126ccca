import fc from 'fast-check'
import { expect, it } from 'vitest'
import { appendedSessions, uploadServer } from './upload-server.ts'

const sessionMembers = new Set([
  'id',
  'historyId',
  'exportId',
  'software',
  'system',
  'name',
  'startedAt',
  'endedAt',
  'editedAt',
  'visibility',
  'contributeToCharts',
  'tracks',
])
const trackMembers = new Set([
  'id',
  'deck',
  'played',
  'startedAt',
  'endedAt',
  'playedSeconds',
  'playedPercent',
  'editedAt',
  'tags',
])
const tagMembers = new Set([
  'title',
  'artist',
  'album',
  'genre',
  'label',
  'bpm',
  'key',
  'remixer',
  'composer',
  'year',
  'rating',
  'trackNumber',
  'bitRate',
  'sampleRate',
  'fileName',
  'fileSize',
  'lengthSeconds',
])

const anything = fc.jsonValue({ maxDepth: 2, noUnicodeString: false })
/** Right far more often than not: a session with one wrong member is rejected as a whole. */
const mostly = <T>(right: fc.Arbitrary<T>, wrong: fc.Arbitrary<unknown> = anything) =>
  fc.oneof({ weight: 30, arbitrary: right }, { weight: 1, arbitrary: wrong })

const startTime = mostly(
  fc.constantFrom('2026-02-13T20:58:00+13:00', '2026-02-13T07:58:00Z'),
  fc.constantFrom('1969-01-01T00:00:00Z', 'never', '2026-02-14T00:00:00Z'),
)
const endTime = mostly(fc.constant('2026-02-14T07:58:00Z'), fc.constantFrom('never', '2020-01-01T00:00:00Z'))
const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 8 }), fc.constantFrom('a\0', '\uD800', 'x'.repeat(1001)))

const frameText = mostly(fc.string({ maxLength: 5 }), text)

function partly(members: Record<string, fc.Arbitrary<unknown>>, required: string[]) {
  const all: Record<string, fc.Arbitrary<unknown>> = { ...members, unknownMember: anything }
  return mostly(fc.record(all, { requiredKeys: required }))
}

const tags = partly(
  Object.fromEntries(
    [...tagMembers].map((name) => [
      name,
      fc.oneof(text, fc.double(), fc.integer({ min: -1, max: 300 }), fc.constant('124.02')),
    ]),
  ),
  [],
)
const track = partly(
  {
    id: mostly(fc.string({ minLength: 1, maxLength: 3 })),
    deck: mostly(fc.integer({ min: 0, max: 4 })),
    played: mostly(fc.boolean()),
    startedAt: startTime,
    endedAt: endTime,
    playedSeconds: mostly(fc.nat(900)),
    tags,
    id3: fc.oneof(text, fc.constant('SUQzBAAAAAAAAA==')),
  },
  ['id'],
)
const session = partly(
  {
    id: mostly(fc.string({ minLength: 1, maxLength: 3 })),
    historyId: frameText,
    software: partly({ name: frameText, version: frameText }, []),
    system: partly({ os: frameText }, []),
    name: frameText,
    startedAt: startTime,
    endedAt: endTime,
    visibility: mostly(fc.constantFrom('private', 'public')),
    contributeToCharts: mostly(fc.boolean()),
    undelete: mostly(fc.boolean()),
    tracks: mostly(fc.array(track, { maxLength: 3 })),
  },
  ['id', 'startedAt', 'tracks'],
)
const body = fc.oneof(
  { weight: 1, arbitrary: anything },
  { weight: 3, arbitrary: session },
  { weight: 6, arbitrary: fc.record({ sessions: fc.array(session, { maxLength: 5 }) }) },
)

it('never fails on any JSON, and appends nothing but the members that may be kept', async () => {
  const { post, appended } = await uploadServer()
  let accepted = 0
  await fc.assert(
    fc.asyncProperty(body, fc.boolean(), async (value, asLines) => {
      appended.length = 0
      const answer = asLines
        ? await post(JSON.stringify(value), { 'content-type': 'application/x-ndjson' })
        : await post(JSON.stringify(value))
      expect([202, 400, 422]).toContain(answer.status)
      for (const kept of appendedSessions(appended)) {
        accepted += 1
        expectOnly(kept, sessionMembers)
        for (const play of kept.tracks) {
          expectOnly(play, trackMembers)
          expectOnly(play.tags, tagMembers)
        }
        expect(JSON.stringify(kept)).not.toMatch(/\\u0000|\\ud[89a-f]/)
      }
      const replaced = answer.body.accepted?.filter((one: { warnings?: { code: string }[] }) =>
        one.warnings?.some(({ code }) => code === 'replaced-by-later'),
      )
      expect(appended.length + (replaced?.length ?? 0)).toBe(answer.body.accepted?.length ?? 0)
    }),
    { numRuns: 1000 },
  )
  // Else the property would hold of nothing.
  expect(accepted).toBeGreaterThan(200)
})

function expectOnly(value: object, members: ReadonlySet<string>): void {
  expect(Object.keys(value).filter((name) => !members.has(name))).toEqual([])
}
