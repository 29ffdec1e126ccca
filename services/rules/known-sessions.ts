/**
 * What the server has already, so that a second run uploads nothing twice. Nothing is kept on this computer.
 *
 * A session is the same one when `historyId` and `id` are. It is unchanged when `startedAt`, `endedAt`, `editedAt` and
 * the number of tracks are what the server lists: every change that Serato makes to a row writes its "updated at", and a
 * row that comes or goes changes the number. Name and software are not compared: a name chosen at the server holds
 * against uploads, so a difference would be sent again for ever. A session that was deleted at the server is not listed,
 * is sent again and stays deleted. Were any of this wrong, nothing would count twice: uploads replace.
 * @module
 */
import type { OwnSessionSummary, SessionUpload } from '#schemas/records/session.ts'

/** What is compared of a listed session, and what sending it again must not change. */
export type ListedSession = Pick<OwnSessionSummary, 'id' | 'startedAt' | 'trackCount'> &
  Partial<Pick<OwnSessionSummary, 'historyId' | 'endedAt' | 'editedAt' | 'visibility' | 'contributeToCharts'>>

export type UploadPlan =
  | { readonly kind: 'send'; readonly upload: SessionUpload }
  | { readonly kind: 'skip'; readonly reason: 'unchanged' | 'older-copy' }

export function createKnownSessions() {
  const known = new Map<string, ListedSession>()
  const remember = (session: ListedSession) => void known.set(keyOf(session.historyId, session.id), session)

  /**
   * @param fileHistoryId the id that the session has without `history.database`: it may have been imported without
   * @param makesPublic whether a session that the server does not have is to be public
   */
  function plan(upload: SessionUpload, fileHistoryId: string, makesPublic: boolean): UploadPlan {
    const listed = known.get(keyOf(upload.historyId, upload.id)) ?? known.get(keyOf(fileHistoryId, upload.id))
    if (listed === undefined) {
      return { kind: 'send', upload: makesPublic ? { ...upload, visibility: 'public' } : upload }
    }
    if (isUnchanged(upload, listed)) return { kind: 'skip', reason: 'unchanged' }
    if (msOf(upload.editedAt) < msOf(listed.editedAt)) return { kind: 'skip', reason: 'older-copy' }
    // Left out, these two would go back to their defaults: a public session would become private.
    const { historyId = upload.historyId, visibility, contributeToCharts } = listed
    return {
      kind: 'send',
      upload: {
        ...upload,
        ...(historyId === undefined ? {} : { historyId }),
        ...(visibility === undefined ? {} : { visibility }),
        ...(contributeToCharts === undefined ? {} : { contributeToCharts }),
      },
    }
  }

  /** A copy of the file later in this run is compared with what was sent. */
  const rememberSent = (upload: SessionUpload) => remember({ ...upload, trackCount: upload.tracks.length })

  return { remember, rememberSent, plan }
}

function isUnchanged(upload: SessionUpload, listed: ListedSession): boolean {
  return (
    upload.tracks.length === listed.trackCount &&
    Object.is(msOf(upload.startedAt), msOf(listed.startedAt)) &&
    Object.is(msOf(upload.endedAt), msOf(listed.endedAt)) &&
    Object.is(msOf(upload.editedAt), msOf(listed.editedAt))
  )
}

/** `NaN` where there is none, or an unreadable one: that is before and after nothing. */
function msOf(time: string | null | undefined): number {
  return Date.parse(time ?? '')
}

function keyOf(historyId: string | undefined, id: string): string {
  return JSON.stringify([historyId ?? '', id])
}
