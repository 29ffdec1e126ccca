/**
 * Reads one session: accepted as it is kept, or rejected with what is wrong.
 *
 * Nearly every session passes one compiled check as a whole; the others are examined member by member.
 * @module
 */
import { Compile } from 'typebox/compile'
import { TEXT_LENGTH_MAX } from '#schemas/records/limits.ts'
import { SessionUpload, type UploadWarning } from '#schemas/records/session.ts'
import { examineSession, isObject } from './examine-session.ts'
import { type KeptSession, keepSession } from './keep-session.ts'
import { type Rejected, rejected } from './outcomes.ts'
import { isUsableText } from './text.ts'

/**
 * {@link SessionUpload} without the format of times: `keepSession` reads each time anyway, and finds more than a format
 * does. The cast: the copy is the same schema but for that.
 */
const wholeSession = Compile(
  JSON.parse(
    JSON.stringify(SessionUpload, (name, value: unknown) => (name === 'format' ? undefined : value)),
  ) as typeof SessionUpload,
)

export interface ReadSession extends KeptSession {
  readonly undelete: boolean
  readonly warnings: UploadWarning[]
}

/**
 * Reads a session at a place in its request.
 * @param textsUsable whether every text in it is known to be usable, so that none has to be looked at
 */
export function readSession(
  value: unknown,
  index: number,
  textsUsable: boolean,
): { readonly read: ReadSession } | { readonly rejected: Rejected } {
  if (textsUsable && wholeSession.Check(value)) {
    const kept = keepSession(value)
    if (kept !== undefined) return { read: { ...kept, undelete: value.undelete === true, warnings: [] } }
  }
  if (!isObject(value)) return { rejected: rejected(index, undefined, 'not-a-session') }
  const { cleaned, faults, warnings } = examineSession(value)
  if (faults.length === 0 && wholeSession.Check(cleaned)) {
    const kept = keepSession(cleaned)
    if (kept !== undefined) return { read: { ...kept, undelete: cleaned.undelete === true, warnings } }
  }
  return { rejected: rejected(index, readableId(value), faults) }
}

function readableId({ id }: Record<string, unknown>): string | undefined {
  return typeof id === 'string' && id !== '' && id.length <= TEXT_LENGTH_MAX && isUsableText(id) ? id : undefined
}
