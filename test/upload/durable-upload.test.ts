import { expect, it } from 'vitest'
import { openEmbeddedEventLog } from '#platform/event-log/embedded-event-log.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { appendedSessions, goodSession, nowMs, uploadServer } from './upload-server.ts'

it('hands over what it answered 202 for, in its order, also after a new start', async () => {
  const folder = temporaryFolder()
  const log = openEmbeddedEventLog({ folder, clock: () => nowMs })
  const { post } = await uploadServer({ append: (events) => log.append(events) })
  expect((await post({ sessions: [goodSession({ id: '1' }), { id: 'bad' }, goodSession({ id: '2' })] })).status).toBe(
    202,
  )
  expect((await post(goodSession({ id: '3' }))).status).toBe(202)
  await log.close()

  const again = openEmbeddedEventLog({ folder, clock: () => nowMs })
  const ids: string[] = []
  const enough = new AbortController()
  await again.consume(
    'ingest',
    async ({ records }) => {
      ids.push(...appendedSessions(records).map(({ id }) => id))
      if (ids.length >= 3) enough.abort()
    },
    enough.signal,
  )
  await again.close()
  expect(ids).toEqual(['1', '2', '3'])
})
