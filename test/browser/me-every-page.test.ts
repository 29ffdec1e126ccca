import { describe, expect, it } from 'vitest'
import type { SessionUpload } from '#schemas/records/session.ts'
import { axeFindings } from '../support/axe-findings.ts'
import { without } from '../support/optional-parts.ts'
import { watchCost } from '../support/page-cost.ts'
import { sessionOf } from '../support/session-of.ts'
import { historyFile, onScreen, openOwnPages, screens } from './own-pages.ts'

const TRANSFER_BYTES_MAX = 150_000
const LAYOUT_SHIFT_MAX = 0.05

/** As much as one page of a session holds, with everything that is kept of a play. */
const fullSession: SessionUpload = sessionOf('full', {
  name: 'A night with a name as long as those of festivals are: Harbour, Main Floor, Sunrise Set, Part Two',
  ...{ historyId: '8c1e5a70-1d3b-4a55-9f0e-3a3c5d2a7b11', exportId: '12', endedAt: '2024-02-15T02:10:00Z' },
  software: { name: 'Serato DJ Pro', version: '3.2.1' },
  system: { os: 'macOS 14.5', processor: 'Apple M2', computerType: 'MacBookPro18,3' },
  tracks: Array.from({ length: 120 }, (_, index) => ({
    ...{
      id: String(index),
      deck: (index % 2) + 1,
      played: true,
      playedSeconds: index % 5 ? 250 : 12,
      playedPercent: 87.5,
    },
    ...{ startedAt: new Date(1_707_940_800_000 + index * 180_000).toISOString(), editedAt: '2024-02-16T09:00:02Z' },
    tags: {
      ...{
        title: `Paper Lanterns No. ${index} (Second Sunrise Remix)`,
        artist: 'Harbour Lights feat. Wren',
        album: 'Low Tide',
      },
      ...{
        genre: 'Deep House',
        label: 'Slack Water',
        bpm: 124.5,
        key: '8A',
        remixer: 'Second Sunrise',
        composer: 'Wren',
      },
      ...{
        year: 2024,
        rating: 4,
        trackNumber: 3,
        bitRate: 320,
        sampleRate: 44100,
        fileSize: 11730944,
        lengthSeconds: 333,
      },
      fileName: `harbour-lights-paper-lanterns-${index}.mp3`,
    },
  })),
})

describe.skipIf(without('browser'))("every one of the DJ's own pages", () => {
  const { browser, pathOf, signIn, send } = openOwnPages()

  it.each(screens)(
    'costs little, fits the screen and has no barrier that axe knows of ($width, $colorScheme)',
    async (screen) => {
      const account = `cleo-${screen.width}`
      // More than one page of a list holds.
      const others = Array.from({ length: 60 }, (_, index) => sessionOf(`s${index}`, { name: `Friday ${index}` }))
      const [full = ''] = await send(account, fullSession, ...others)
      const { page, troubles } = await signIn(account, onScreen(screen))
      const cost = await watchCost(page)
      const session = `/me/sessions/${full}`
      const paths = [
        ...['/me', '/me/sessions?q=friday', '/me/sessions?q=nothing', session, `${session}/delete`, '/me/upload'],
        ...['/me/profile', '/me/choices', '/me/data', '/me/erase', '/me/signed-out'],
      ]
      // Its words are longer, so a phone is where they may not fit.
      const german = screen.width < 500 ? ['/de/me', `/de${session}`, '/de/me/profile', '/de/me/choices'] : []
      for (const path of [...paths, ...german]) {
        await page.goto(pathOf(path), { waitUntil: 'load' })
        expect([path, await axeFindings(page)]).toEqual([path, []])
        expect([path, await page.evaluate('document.documentElement.scrollWidth <= innerWidth')]).toEqual([path, true])
        // What stands in another place on the other screen stands once.
        const others = page.locator(screen.width < 500 ? '.wide-only:visible' : '.phone-only:visible')
        expect([path, await others.count()]).toEqual([path, 0])
        expect([path, (await cost.transferBytes()) <= TRANSFER_BYTES_MAX]).toEqual([path, true])
        expect([path, (await cost.layoutShift()) < LAYOUT_SHIFT_MAX]).toEqual([path, true])
      }
      expect(troubles).toEqual([])
    },
  )

  it.each(screens)('is as good with what became of a form, and with results of an upload ($width)', async (screen) => {
    const { page, troubles } = await signIn(`dora-${screen.width}`, onScreen(screen))
    const cost = await watchCost(page)
    await page.goto(pathOf('/me/profile'))
    await page.getByRole('combobox', { name: 'Country' }).selectOption('NZ')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Saved.').waitFor()
    expect(await axeFindings(page)).toEqual([])
    await page.goto(pathOf('/me/upload'))
    const broken = { ...historyFile(2), buffer: Buffer.from('?') }
    await page.locator('#files').setInputFiles([historyFile(1), broken])
    await page.getByText('Done: 1 sent, 0 already there, 1 refused.').waitFor()
    expect(await axeFindings(page)).toEqual([])
    expect(await cost.layoutShift()).toBeLessThan(LAYOUT_SHIFT_MAX)
    expect(troubles).toEqual([])
  })

  it.each(screens)('before one is signed in, too ($width)', async (screen) => {
    const { page, troubles } = await browser.page(onScreen(screen))
    const cost = await watchCost(page)
    for (const path of ['/me', '/de/me', '/me/sign-in?code=used']) {
      await page.goto(pathOf(path), { waitUntil: 'load' })
      expect([path, await axeFindings(page)]).toEqual([path, []])
      expect(await cost.transferBytes()).toBeLessThan(TRANSFER_BYTES_MAX)
      expect(await cost.layoutShift()).toBeLessThan(LAYOUT_SHIFT_MAX)
    }
    expect(troubles).toEqual([])
  })
})
