import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { without } from '../support/optional-parts.ts'
import { sessionOf } from '../support/session-of.ts'
import { runProgram } from '../support/start-server.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { waitFor } from '../support/wait-for.ts'
import { historyFile, onScreen, openOwnPages, screens } from './own-pages.ts'

/** Keeps what the pages send, as text; bodies that are compressed on the way are read as they were before. */
const KEEP_BODIES = `
  globalThis.sentBodies = []
  const fetchNow = globalThis.fetch
  globalThis.fetch = async (address, init = {}) => {
    const isCompressed = init.body instanceof Blob
    const stream = isCompressed && init.body.stream().pipeThrough(new DecompressionStream('gzip'))
    globalThis.sentBodies.push(isCompressed ? await new Response(stream).text() : String(init.body ?? ''))
    return await fetchNow(address, init)
  }`

async function sentBodies(page: Page): Promise<string[]> {
  return (await page.evaluate('globalThis.sentBodies')) as string[] // as they are kept above
}

/** Waits for what the row of a play says, wherever this screen has it. */
async function rowSays(page: Page, track: string, words: string): Promise<void> {
  await page.getByRole('row', { name: track }).getByText(words).filter({ visible: true }).waitFor()
}

/** Follows the receipt of an erasure to its end; without scripts by its link. */
async function followReceipt(page: Page, hasScripts: boolean): Promise<void> {
  await page.getByRole('heading', { name: 'Receipt of an erasure' }).waitFor()
  const complete = page.getByText('Complete. Nothing of yours is left')
  if (hasScripts) return await complete.waitFor({ timeout: 60_000 })
  await waitFor(
    'the erasure',
    async () => {
      if (await complete.isVisible()) return true
      await page.getByRole('link', { name: 'Look again' }).click()
      return false
    },
    60_000,
  )
}

/** Each screen, and with and without scripts; what needs scripts is walked through on both. */
const ways = [
  [screens[0], true],
  [screens[1], false],
] as const

describe.skipIf(without('browser'))("the DJ's own pages in a browser", () => {
  const { server, browser, pathOf, signIn, send, shown } = openOwnPages()

  it.each(screens)('take history files, and show what counted of them ($width, $colorScheme)', async (screen) => {
    const account = `ana-${screen.width}`
    const { page, troubles } = await signIn(account, onScreen(screen))
    await page.addInitScript(KEEP_BODIES)
    await page.getByRole('link', { name: 'Upload history files' }).click()
    const broken = { ...historyFile(3), buffer: Buffer.from('?') }
    await page.locator('#files').setInputFiles([historyFile(1), historyFile(2), broken])
    await page.getByText('Done: 2 sent, 0 already there, 1 refused.').waitFor()
    await shown(account, 2)
    await page.locator('#files').setInputFiles([historyFile(1), historyFile(2)])
    await page.getByText('Done: 0 sent, 2 already there, 0 refused.').waitFor()
    const uploads = (await sentBodies(page)).filter((body) => body.includes('"sessions"'))
    expect(uploads).toEqual([expect.stringContaining('Title 1')])
    expect(uploads[0]).not.toMatch(/Secret folder|a private comment/)

    await page.getByRole('link', { name: 'See your sessions' }).click()
    await page.getByRole('link', { name: 'Without a name' }).first().click()
    await page.getByText('0 of 12 plays count in charts.').waitFor()
    await page.getByRole('link', { name: 'Choices' }).click()
    await page.getByLabel('Date of birth').fill('1990-05-17')
    await page.getByRole('button', { name: 'Agree and contribute' }).click()
    await page.getByText('You contribute.').waitFor()
    await page.goBack()
    await page.getByRole('link', { name: 'Sessions', exact: true }).click()
    await page.getByRole('link', { name: 'Without a name' }).first().click()
    await page.getByText('11 of 12 plays count in charts.').waitFor()
    await rowSays(page, 'Title 4', 'Played for less than 30 seconds')
    expect(troubles).toEqual([])
  })

  it.each(ways)('show and decide everything (%o, scripts: %s)', async (screen, javaScriptEnabled) => {
    const account = `ben-${screen.width}`
    const { page, troubles } = await signIn(account, { ...onScreen(screen), javaScriptEnabled })
    const play = (id: string, more: object) => ({
      id,
      playedSeconds: 200,
      tags: { artist: 'Wren', title: id },
      ...more,
    })
    await send(
      account,
      sessionOf('1', {
        name: 'Harbour night',
        tracks: [play('Tide', {}), play('Brief', { playedSeconds: 5 }), play('Cued', { played: false })],
      }),
      sessionOf('2', { name: 'Fête', startedAt: '2024-03-01T20:00:00Z' }),
    )
    const save = () => page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('link', { name: 'Profile' }).click()
    await page.getByLabel('Display name').fill('DJ <b>Ben</b>')
    await page.getByRole('combobox', { name: 'Country' }).selectOption('NZ')
    await page.getByLabel('Deep house', { exact: true }).check()
    await save()
    await page.getByText('Saved.').waitFor()
    await page.getByRole('combobox', { name: 'Region' }).selectOption('NZ-AUK')
    await save()
    await page.getByText('Saved.').waitFor()
    expect(await page.getByRole('combobox', { name: 'Region' }).inputValue()).toBe('NZ-AUK')
    expect(await page.getByLabel('Deep house', { exact: true }).isChecked()).toBe(true)

    await page.getByRole('link', { name: 'Choices' }).click()
    await page.getByRole('region', { name: 'Statistics' }).getByRole('button', { name: 'Object' }).click()
    await page.getByText('You object: your plays are in none of them.').waitFor()
    await page.getByLabel('Date of birth').fill('1990-05-17')
    await page.getByRole('button', { name: 'Agree and contribute' }).click()
    await page.getByText('You contribute.').waitFor()

    await page.getByRole('link', { name: 'Sessions', exact: true }).click()
    await page.getByRole('searchbox').fill('fete')
    await page.getByRole('button', { name: 'Search' }).click()
    await page.getByRole('link', { name: 'Fête' }).waitFor()
    expect(await page.getByRole('link', { name: 'Harbour night' }).count()).toBe(0)
    await page.getByRole('searchbox').fill('wren tide')
    await page.getByRole('button', { name: 'Search' }).click()
    await page.getByRole('link', { name: 'Harbour night' }).click()

    await page.getByText('1 of 3 plays count in charts.').waitFor()
    await rowSays(page, 'Brief', 'Played for less than 30 seconds')
    await rowSays(page, 'Cued', 'loaded and not played')
    await page.getByText('All that is kept').first().click()
    expect(await page.getByText('Number of the play').first().isVisible()).toBe(true)
    await page.getByRole('textbox', { name: 'Name' }).fill('Tide <i>night</i>')
    await page.getByRole('button', { name: 'Rename' }).click()
    await page.getByRole('heading', { name: 'Tide <i>night</i>' }).waitFor()
    await page.getByRole('button', { name: 'Make public' }).click()
    await page.getByRole('link', { name: 'Its public page' }).click()
    await page.getByRole('heading', { name: 'Tide <i>night</i>' }).waitFor()
    await page.getByText('DJ <b>Ben</b>').first().waitFor()
    await page.goBack()
    await page.getByRole('button', { name: 'Make private' }).click()
    await page.getByRole('button', { name: 'Make public' }).waitFor()
    await page.getByRole('button', { name: 'Leave out of charts' }).click()
    await page.getByText('0 of 3 plays count in charts.').waitFor()
    await page.getByRole('link', { name: 'Delete', exact: true }).click()
    await page.getByRole('button', { name: 'Delete it' }).click()
    await page.getByText('The session is deleted.').waitFor()

    await page.getByRole('link', { name: 'Your data' }).click()
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Download' }).click()
    const exported = JSON.parse(await text(await (await download).createReadStream())) as { profile: object }
    expect(exported.profile).toMatchObject({
      displayName: 'DJ <b>Ben</b>',
      choices: { charts: true, statistics: false },
    })
    await page.getByRole('link', { name: 'Overview' }).click()
    await page.getByRole('heading', { name: 'Welcome, DJ <b>Ben</b>' }).waitFor()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('heading', { name: 'You are signed out' }).waitFor()
    expect(await page.context().cookies()).toEqual([])
    expect(troubles).toEqual([])
  })

  it.each(ways)(
    'erase it all, with a receipt that tells how far it is (%o, scripts: %s)',
    async (screen, hasScripts) => {
      const account = `gus-${hasScripts}`
      await send(account, sessionOf('1'))
      const { page, troubles } = await signIn(account, { ...onScreen(screen), javaScriptEnabled: hasScripts })
      await page.getByRole('link', { name: 'Your data' }).click()
      await page.getByRole('link', { name: 'Erase everything' }).click()
      await page.getByLabel('I understand that nothing can be brought back.').check()
      await page.getByRole('button', { name: 'Erase everything now' }).click()
      await page.getByText('Accepted. It is durable').waitFor()
      await followReceipt(page, hasScripts)
      expect(await page.getByRole('row', { name: 'playlists.sessions' }).textContent()).toMatch(/sessions0$/)
      expect(await page.context().cookies()).toEqual([])
      expect(troubles).toEqual([])
    },
  )

  it('are entered by the link that the command prints, once', async () => {
    const args = ['--sub', 'cleo', '--link', '--url', server().address]
    const { stdout } = await runProgram('services/standalone/token.ts', args, { DATA_DIR: server().dataDir })
    const { page, troubles } = await browser.page()
    await page.goto(stdout.trim())
    await page.getByRole('button', { name: 'Sign in as cleo' }).click()
    await page.getByRole('heading', { name: 'Your sessions and charts' }).waitFor()
    expect(troubles).toEqual([])
    const second = await browser.page()
    await second.page.goto(stdout.trim())
    await second.page.getByText('This link cannot be used').waitFor()
  })

  it('read a folder that is dropped, with the names of its sessions', async () => {
    const { page, troubles } = await signIn('dora')
    await page.addInitScript(KEEP_BODIES)
    const folder = join(temporaryFolder(), '_Serato_')
    mkdirSync(join(folder, 'History', 'Sessions'), { recursive: true })
    for (const number of [5, 6]) {
      const { name, buffer } = historyFile(number)
      writeFileSync(join(folder, 'History', 'Sessions', name), buffer)
    }
    writeFileSync(join(folder, 'History', 'Sessions', '._5.session'), 'a resource fork')
    await page.getByRole('link', { name: 'Upload', exact: true }).click()
    const place = (await page.locator('#drop').boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
    const client = await page.context().newCDPSession(page)
    const data = { items: [], files: [folder], dragOperationsMask: 1 }
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
      await client.send('Input.dispatchDragEvent', { type, x: place.x + 20, y: place.y + 20, data })
    }
    await page.getByText('Done: 2 sent, 0 already there, 0 refused.').waitFor()
    const sent = (await sentBodies(page)).join()
    expect(sent).toContain('Title 1')
    expect(sent).not.toMatch(/Secret folder|a private comment|_Serato_|resource fork/)
    expect(troubles).toEqual([])
  })

  it('read files that are dropped by a script of some other program, and say how far they are', async () => {
    const { page, troubles } = await signIn('eva', { javaScriptEnabled: true })
    await page.goto(pathOf('/de/me/upload'))
    const { name, buffer } = historyFile(7)
    await page.evaluate(
      `(() => {
        const dropped = new DataTransfer()
        const bytes = Uint8Array.from(atob(${JSON.stringify(buffer.toString('base64'))}), (character) => character.charCodeAt(0))
        dropped.items.add(new File([bytes], ${JSON.stringify(name)}))
        for (const type of ['dragenter', 'dragover', 'drop']) {
          document.querySelector('#drop').dispatchEvent(new DragEvent(type, { dataTransfer: dropped, bubbles: true, cancelable: true }))
        }
      })()`,
    )
    await page.getByText('Fertig: 1 gesendet, 0 schon da, 0 abgelehnt.').waitFor()
    await page.getByRole('link', { name: 'Zu deinen Sets' }).waitFor()
    expect(troubles).toEqual([])
  })

  it('read files that were chosen before the script of the page had come', async () => {
    const { page, troubles } = await signIn('hal')
    let letThrough = () => {}
    const chosen = new Promise<void>((resolve) => {
      letThrough = resolve
    })
    await page.route('**/upload-history*', async (route) => {
      await chosen
      await route.continue()
    })
    await page.goto(pathOf('/me/upload'), { waitUntil: 'commit' })
    await page.locator('#files').setInputFiles([historyFile(8)])
    letThrough()
    await page.getByText('Done: 1 sent, 0 already there, 0 refused.').waitFor()
    expect(troubles).toEqual([])
  })

  it('stop an upload of somebody who has signed out in another window, and say why', async () => {
    const { page, troubles } = await signIn('ida')
    await page.goto(pathOf('/me/upload'))
    const other = await page.context().newPage()
    await other.goto(pathOf('/me'))
    await other.getByRole('button', { name: 'Sign out' }).click()
    await other.getByRole('heading', { name: 'You are signed out' }).waitFor()
    await page.locator('#files').setInputFiles([historyFile(9)])
    await page.getByText('Stopped: you are not signed in any more.').waitFor()
    expect(troubles).toEqual([])
  })

  it('without scripts say what an upload needs, and what does the same', async () => {
    const { page, troubles } = await signIn('finn', { javaScriptEnabled: false })
    await page.getByRole('link', { name: 'Upload', exact: true }).click()
    expect(await page.getByText('npm run import').isVisible()).toBe(true)
    expect(await page.locator('#upload').isVisible()).toBe(false)
    // What is read as text leaves out what only those without scripts see.
    expect(await page.locator('noscript .notice').isVisible()).toBe(true)
    expect(troubles).toEqual([])
  })
})
