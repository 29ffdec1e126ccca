/**
 * What becomes of an account event, in order. A step passes it on, drops it, or sends it to the dead letters.
 *
 * `decodeEvent` runs over a whole batch first: what the events name is then read from the store in a few queries, and
 * the other steps work on that ({@link StepContext}).
 * @module
 */
import { decodeEvent } from './decode-event.ts'
import { findSession } from './find-session.ts'
import { settle } from './settle.ts'
import { skipClosed } from './skip-closed.ts'
import { skipSuperseded } from './skip-superseded.ts'
import { firstStep } from './step.ts'

export const ingestSteps = {
  /** bytes → AccountEvent. deadLetter: unreadable, unknown-version, unknown-type */
  decode: decodeEvent,
  settle: firstStep(skipClosed) //  who takes part at all.           drop: erased, account-closed, account-blocked
    .andThen(findSession) //         which session a choice is about. drop: no-such-session
    .andThen(skipSuperseded) //        what is stored is newer.         drop: superseded, session-deleted
    .andThen(settle).run, //                choices, tracks, weeks and pseudonyms → rows of each table
}
