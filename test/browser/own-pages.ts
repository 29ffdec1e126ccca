import { beforeAll } from 'vitest'
import { readLocalKey } from '#platform/keys/local-tokens.ts'
import { issueSignInCode } from '#platform/keys/sign-in-links.ts'
import type { SessionUpload } from '#schemas/records/session.ts'
import { play, session } from '../rules/serato/session-bytes.ts'
import { type OpenBrowser, openBrowser, type WatchedPage } from '../support/open-browser.ts'
import { type RunningServer, startServer } from '../support/start-server.ts'
import { waitFor } from '../support/wait-for.ts'

/** Screens that the pages are looked at on: a phone in a dark booth, and a desk. */
export const screens = [
  { width: 390, height: 844, colorScheme: 'dark' },
  { width: 1440, height: 900, colorScheme: 'light' },
] as const

export type BrowserOptions = NonNullable<Parameters<OpenBrowser['page']>[0]>

export const onScreen = ({ width, height, colorScheme }: (typeof screens)[number]): BrowserOptions => ({
  viewport: { width, height },
  colorScheme,
})

export interface OwnPagesInBrowser {
  readonly server: () => RunningServer
  readonly browser: OpenBrowser
  pathOf(path: string): string
  /** A page of somebody who has come by a one-time link, on the overview. */
  signIn(account: string, options?: BrowserOptions): Promise<WatchedPage>
  /** Waits until as many sessions of an account are there, a page of them at most; resolves with their keys. */
  shown(account: string, sessions: number): Promise<string[]>
  /** Uploads sessions by the API and waits until they show; resolves with their keys. */
  send(account: string, ...sessions: readonly SessionUpload[]): Promise<string[]>
}

/** A browser and a server without charts being built, for the pages of DJs; both end with the test file. */
export function openOwnPages(): OwnPagesInBrowser {
  const browser = openBrowser()
  let server: RunningServer | undefined
  beforeAll(async () => {
    server = await startServer({ settings: { CHARTS_CRON: '0 0 29 2 *' } })
  })
  const running = () => {
    if (server === undefined) throw new Error('the server starts before the first test')
    return server
  }
  const pathOf = (path: string) => new URL(path, running().address).href

  async function shown(account: string, sessions: number): Promise<string[]> {
    const api = await running().api(account)
    return await waitFor('the sessions', async () => {
      const { sessions: found } = (await api.get('/v1/me/sessions')).json<{ sessions: { key: string }[] }>()
      return found.length >= sessions && found.map(({ key }) => key)
    })
  }

  return {
    server: running,
    browser,
    pathOf,
    shown,
    async signIn(account, options = {}) {
      const { dataDir } = running()
      const key = await readLocalKey(dataDir)
      const code = await issueSignInCode(account, { dataDir, key, clock: Date.now })
      const opened = await browser.page(options)
      await opened.page.goto(pathOf(`/me/sign-in?${new URLSearchParams({ code })}`))
      await opened.page.getByRole('button', { name: `Sign in as ${account}` }).click()
      await opened.page.waitForURL('**/me')
      return opened
    },
    async send(account, ...sessions) {
      const api = await running().api(account)
      const answer = await api.post('/v1/sessions', { json: { sessions } })
      await shown(account, sessions.length)
      return answer.json<{ accepted: { key: string }[] }>().accepted.map(({ key }) => key)
    },
  }
}

/** A history file of Serato's: twelve plays with paths and comments, of which one is too short to count. */
export function historyFile(number: number) {
  const plays = Array.from({ length: 12 }, (_, index) =>
    play(index + 1, { 48: number, 28: 1_700_000_000 + number * 86_400 + index * 100, 45: index === 3 ? 5 : 90 }),
  )
  return { name: `${number}.session`, mimeType: 'application/octet-stream', buffer: Buffer.from(session(...plays)) }
}
