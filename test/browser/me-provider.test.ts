import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from '../support/open-browser.ts'
import { without } from '../support/optional-parts.ts'
import { type SignInProvider, startSignInProvider } from '../support/sign-in-provider.ts'
import { type RunningServer, startServer } from '../support/start-server.ts'
import { historyFile, onScreen, screens } from './own-pages.ts'

describe.skipIf(without('browser'))('signing in at the identity provider, in a browser', () => {
  const browser = openBrowser()
  let provider: SignInProvider
  let server: RunningServer

  beforeAll(async () => {
    provider = await startSignInProvider(() => `${server.address}/me/sign-in/callback`)
    server = await startServer({
      settings: {
        CHARTS_CRON: '0 0 29 2 *',
        ...{
          OIDC_ISSUER: provider.issuer,
          OIDC_CLIENT_ID: provider.clientId,
          OIDC_CLIENT_SECRET: provider.clientSecret,
        },
        ...{ AUTH_ISSUER: provider.issuer, AUTH_JWKS_URL: provider.jwksUrl.href, AUTH_AUDIENCE: provider.audience },
      },
    })
  })
  afterAll(() => provider?.close())

  it.each(screens)('leads there and back, uploads by its token, and signs out ($width)', async (screen) => {
    Object.assign(provider.next, { account: `ana-${screen.width}`, error: undefined })
    for (const javaScriptEnabled of [false, true]) {
      const { page, troubles } = await browser.page({ ...onScreen(screen), javaScriptEnabled })
      await page.goto(`${server.address}/de/me`)
      await page.getByRole('link', { name: 'Anmelden', exact: true }).last().click()
      await page.waitForURL(`${server.address}/de/me`)
      if (javaScriptEnabled) {
        await page.goto(`${server.address}/me/upload`)
        await page.locator('#files').setInputFiles([historyFile(1)])
        await page.getByText('Done: 1 sent').waitFor()
      }
      await page.goto(`${server.address}/me`)
      await page.getByRole('button', { name: 'Sign out' }).click()
      await page.getByRole('heading', { name: 'You are signed out' }).waitFor()
      expect(await page.context().cookies()).toEqual([])
      expect(troubles).toEqual([])
      await page.getByRole('link', { name: 'Sign out there too' }).click()
      await page.waitForURL(`${provider.issuer}/sign-out**`)
    }
  })

  it('says so where the provider said no', async () => {
    provider.next.error = 'access_denied'
    const { page } = await browser.page()
    await page.goto(`${server.address}/me/sign-in`)
    await page.getByRole('link', { name: 'Sign in', exact: true }).last().click()
    await page.getByRole('alert').getByText('You were not signed in. Try again.').waitFor()
    expect(await page.context().cookies()).toEqual([])
  })
})
