import { expect, it } from 'vitest'
import { readAllTables } from '../support/data-folder.ts'
import { startServer, stopServer } from '../support/start-server.ts'
import { waitFor } from '../support/wait-for.ts'

it('keeps retention by its settings, tells of them on /privacy, and of its runs to operators', async () => {
  const settings = { RETENTION_CRON: '* * * * * *', SESSION_RETENTION_MONTHS: '7', AUDIT_RETENTION_DAYS: '8' }
  const server = await startServer({ settings: { ...settings, LOG_RETENTION_HOURS: '9', BACKUP_RETENTION_DAYS: '10' } })
  const dj = await server.api('ana')
  const send = (name: string) =>
    dj.post('/v1/sessions', {
      json: {
        id: '1',
        name,
        startedAt: '2001-01-01T20:00:00Z',
        tracks: [{ id: '1', tags: { artist: 'Ana', title: `${name} title` } }],
      },
    })
  const nameNow = async () =>
    (await dj.get('/v1/me/sessions')).json<{ sessions: { name?: string }[] }>().sessions[0]?.name
  for (const name of ['REPLACED', 'kept']) {
    await send(name)
    await waitFor(name, async () => (await nameNow()) === name)
  }
  const runs = async () => Number(/^tonearm_retention_seconds_count (\d+)$/m.exec((await dj.get('/metrics')).text)?.[1])
  const before = await runs()
  // The one that is under way may have begun before the second upload.
  await waitFor('two more runs', async () => (await runs()) >= before + 2)
  expect((await dj.get('/readyz')).json()).toMatchObject({ checks: { retention: 'ok' } })
  const page = (await dj.get('/privacy')).text
  for (const text of ['7 months', '8 days', '9 hours', '10 days']) expect(page).toContain(text)
  expect(await nameNow()).toBe('kept')
  expect(await stopServer(server)).toMatchObject({ status: 0 })
  const stored = (await readAllTables(server.dataDir)).get('playlists.sessions')
  expect(stored).toContain('kept title')
  expect(stored).not.toContain('REPLACED')
})
