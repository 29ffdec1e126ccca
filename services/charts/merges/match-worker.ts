/**
 * The matching in a thread of its own.
 * @module
 */
import { answerQuestions } from '#platform/threads/answering-thread.ts'
import { type MatchRecord, matchTracks } from '#rules/identity/match-tracks.ts'

answerQuestions((records: string) =>
  matchTracks(
    records
      .split('\n')
      .filter((line) => line !== '')
      .map((line): MatchRecord => JSON.parse(line)),
  ),
)
