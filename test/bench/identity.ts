/**
 * What it costs to tell which track a play is of: in ingest, play by play, and in `identify`, by the number of lines.
 * @module
 */

import { Compile } from 'typebox/compile'
import { encodeSessionRow } from '#platform/store/session-rows.ts'
import { identifyTracks } from '#rules/identity/identify-tracks.ts'
import { nameTrack } from '#rules/identity/name-track.ts'
import { SessionPut } from '#schemas/events/account-event.ts'
import type { Session } from '#schemas/records/session.ts'
import { contributionRows, countingOf, playsThatMayCount } from '../../services/ingest/derive-contributions.ts'
import { usageOf } from '../../services/ingest/play-details.ts'
import type { Bench } from './bench-run.ts'
import { type Figure, toFigure } from './figures.ts'
import { alternate, median } from './rounds.ts'
import { djsOf, makeSession } from './session-maker.ts'

/** Lines of the longer runs, as multiples of the shortest. */
const GROWTHS = [4, 16]

export const measureIdentity: Bench = async (run) => [
  ...(await measureNaming(run.sizes)),
  ...(await measureIdentify(run.sizes)),
]

/** Naming without what ingest remembers of tracks that were played before: the most it can cost. */
async function measureNaming({
  rounds,
  ingestPlays,
  tracksPerSession,
}: Parameters<Bench>[0]['sizes']): Promise<Figure[]> {
  const sessions = Math.ceil(ingestPlays / tracksPerSession)
  const djs = djsOf(sessions)
  const events = Array.from({ length: sessions }, (_, index) => {
    const session = makeSession(index % djs, Math.floor(index / djs), tracksPerSession)
    return JSON.stringify({ v: 1, owner: 'owner', at: Date.now(), type: 'session-put', key: `key-${index}`, session })
  })
  const isPut = Compile(SessionPut)
  const identity = { contributor: '1', session: '2', keyVersion: 1, version: 3n }
  const ingest = async () =>
    timed(() => {
      for (const event of events) {
        const put: unknown = JSON.parse(event)
        if (!isPut.Check(put)) throw new Error('no session')
        const plays = playsThatMayCount(put.session, put.at)
        contributionRows(plays, identity, usageOf(put.session), { statistics: true, usage: true })
        const stored = { owner: put.owner, key: put.key, version: '3', receivedAtMs: put.at, session: put.session }
        encodeSessionRow({ ...stored, counting: countingOf(plays) })
      }
    })
  const tags = events.flatMap((event) =>
    (JSON.parse(event) as { session: Session }).session.tracks.map((play) => play.tags),
  )
  const name = async () =>
    timed(() => {
      for (const one of tags) nameTrack(one)
    })
  const [naming = [], whole = []] = await alternate(rounds, [name, ingest])
  return [
    toFigure({
      bench: 'identity',
      name: 'naming the track of a play, nothing remembered',
      size: `${tags.length.toLocaleString('en-US')} plays`,
      against: 'what ingest computes for a play, with what it remembers',
      better: 'lower',
      measured: { value: (median(naming) * 1000) / tags.length, unit: 'µs' },
      baseline: { value: (median(whole) * 1000) / tags.length, unit: 'µs' },
    }),
  ]
}

async function measureIdentify({ identifyLines, tracksPerSession }: Parameters<Bench>[0]['sizes']): Promise<Figure[]> {
  const perLine = (count: number) => {
    const lines = linesOf(count, tracksPerSession)
    return (timed(() => identifyTracks(lines)) * 1000) / count
  }
  perLine(Math.min(identifyLines, 1000))
  const baseline = perLine(identifyLines)
  return GROWTHS.map((growth) => {
    const count = identifyLines * growth
    return toFigure({
      bench: 'identity',
      name: 'identify, time of a line',
      size: `${count.toLocaleString('en-US')} lines`,
      against: `${identifyLines.toLocaleString('en-US')} lines`,
      better: 'lower',
      measured: { value: perLine(count), unit: 'µs' },
      baseline: { value: baseline, unit: 'µs' },
    })
  })
}

/** Lines of tags, a fifth of them misspelt, so that matching has work to do. */
function linesOf(count: number, tracksPerSession: number) {
  return Array.from({ length: count }, (_, index) => {
    const session = makeSession(Math.floor(index / tracksPerSession), 0, tracksPerSession)
    const { title = '', artist = '', album } = session.tracks[index % tracksPerSession]?.tags ?? {}
    const misspelt = index % 5 === 0 ? `${title.slice(0, 3)}${title.slice(4)}` : title
    return { title: `${misspelt} ${index % 7 === 0 ? '(Original Mix)' : ''}`, artist, album }
  })
}

/** Milliseconds. */
function timed(work: () => void): number {
  const startedAt = performance.now()
  work()
  return performance.now() - startedAt
}
