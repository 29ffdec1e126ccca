/**
 * The matching in a thread of its own: seconds to minutes of pure computing, which would hold up every request.
 * @module
 */
import { parentPort, workerData } from 'node:worker_threads'
import { type MatchRecord, matchTracks } from '#rules/identity/match-tracks.ts'

/** What `matchInThread` hands over: records as NDJSON. */
const { records } = workerData as { readonly records: string } // its only caller writes just this

parentPort?.postMessage(
  matchTracks(
    records
      .split('\n')
      .filter((line) => line !== '')
      .map((line): MatchRecord => JSON.parse(line)),
  ),
)
