import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import type { OwnSessionSummary } from '#schemas/records/session.ts'
import type { ApiClient } from '../support/api-client.ts'
import { axeFindings } from '../support/axe-findings.ts'
import { openBrowser } from '../support/open-browser.ts'
import { without } from '../support/optional-parts.ts'
import { type RunningServer, startServer } from '../support/start-server.ts'
import { waitFor } from '../support/wait-for.ts'

const list = (page: Page) => page.getByRole('region', { name: 'Track list' })

describe.skipIf(without('browser'))('a set that is going on', () => {
  const browser = openBrowser()
  let server: RunningServer
  const startMs = Date.now() - 1_200_000

  beforeAll(async () => {
    server = await startServer({ settings: { CHARTS_CRON: '0 0 29 2 *' } })
  })

  /** Sends it as DJ software does, again and again while it grows. */
  async function send(dj: ApiClient, tracks: number, ended = {}): Promise<void> {
    const session = {
      id: 'tonight',
      name: 'Harbour night',
      startedAt: new Date(startMs).toISOString(),
      visibility: 'public',
      tracks: Array.from({ length: tracks }, (_, index) => ({
        id: String(index),
        deck: 1 + (index % 2),
        startedAt: new Date(startMs + index * 200_000).toISOString(),
        playedSeconds: 200,
        tags: { title: `Song ${index + 1}`, artist: 'Harbour Lights', bpm: 120 + index, key: `${1 + index}A` },
      })),
      ...ended,
    }
    expect((await dj.post('/v1/sessions', { json: { sessions: [session] } })).status).toBe(202)
  }

  async function playlistPath(dj: ApiClient): Promise<string> {
    return await waitFor('the playlist', async () => {
      const { sessions } = (await dj.get('/v1/me/sessions')).json<{ sessions: OwnSessionSummary[] }>()
      return sessions[0]?.publicId !== undefined && `/playlists/${sessions[0].publicId}`
    })
  }

  it('grows on its page by itself until it is over, and keeps what one reads in its place', async () => {
    const dj = await server.api('ana')
    await send(dj, 3)
    const { page, troubles } = await browser.page({ viewport: { width: 390, height: 844 }, colorScheme: 'dark' })
    await page.goto(server.address + (await playlistPath(dj)))
    await page.getByText('Playing now').waitFor()
    expect(await axeFindings(page)).toEqual([])
    expect(await list(page).getByText('Song 4').count()).toBe(0)
    await page.evaluate('window.isStillThere = true')

    await send(dj, 4)
    await list(page).getByText('Song 4').waitFor()
    // For who does not see that it grew.
    expect(await page.getByRole('status').textContent()).toBe('4 tracks so far.')
    await send(dj, 5, { endedAt: new Date().toISOString() })
    await list(page).getByText('Song 5').waitFor()
    await page.getByText('Playing now').waitFor({ state: 'detached' })
    expect(await page.evaluate('window.isStillThere')).toBe(true)
    expect(await axeFindings(page)).toEqual([])
    expect(troubles).toEqual([])
  })

  it('says without scripts how to see what was played since, and goes the moment it is private', async () => {
    const dj = await server.api('ben')
    await send(dj, 3)
    const { page } = await browser.page({ javaScriptEnabled: false })
    const path = await playlistPath(dj)
    await page.goto(server.address + path)
    await page.getByRole('link', { name: 'Load what was played since' }).click()
    await page.getByRole('heading', { name: 'Harbour night' }).waitFor()
    const { sessions } = (await dj.get('/v1/me/sessions')).json<{ sessions: OwnSessionSummary[] }>()
    for (const { key } of sessions) await dj.patch(`/v1/sessions/${key}`, { visibility: 'private' })
    await waitFor('the page to go', async () => (await page.goto(server.address + path))?.status() === 404)
    const gone = await page.locator('main').textContent()
    await page.goto(`${server.address}/playlists/${'A'.repeat(22)}`)
    expect(await page.locator('main').textContent()).toBe(gone)
  })
})
