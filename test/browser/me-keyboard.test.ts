import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { without } from '../support/optional-parts.ts'
import { historyFile, onScreen, openOwnPages, screens } from './own-pages.ts'

/** More than any of the pages has places for the focus before what is looked for. */
const STOPS_MAX = 80

interface Stop {
  /** What it is called, as it stands on the page. */
  readonly name: string
  readonly isSeen: boolean
}

/** Where the focus is, and whether somebody who looks at the page sees it. A field out of sight is shown by its label. */
const STOP = `(() => {
  const focused = document.activeElement
  const label = focused.labels?.[0]
  const shown = focused.matches('.spoken') && label ? label : focused
  const { top, bottom, left, right, width } = shown.getBoundingClientRect()
  const { outlineStyle, outlineWidth } = getComputedStyle(shown)
  const isInView = bottom > 0 && top < innerHeight && right > 0 && left < innerWidth && width > 1
  const name = focused === document.body ? 'the end of the page' : (label ?? focused).textContent || focused.tagName
  return { name: name.trim(), isSeen: isInView && outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1 }
})()`

async function stopOf(page: Page): Promise<Stop> {
  return (await page.evaluate(STOP)) as Stop // as the expression says
}

/** Goes on with the Tab key until the focus is on what has this name; on the way every stop has to be seen. */
async function tabTo(page: Page, name: string, key = 'Tab'): Promise<void> {
  for (let stops = 0; stops < STOPS_MAX; stops += 1) {
    await page.keyboard.press(key)
    const stop = await stopOf(page)
    expect([stop.name, stop.isSeen]).toEqual([stop.name, true])
    if (stop.name === name) return
  }
  throw new Error(`no Tab leads to ${name}`)
}

async function follow(page: Page, name: string): Promise<void> {
  await tabTo(page, name)
  await page.keyboard.press('Enter')
}

describe.skipIf(without('browser'))("the DJ's own pages by keyboard alone", () => {
  const { pathOf, signIn } = openOwnPages()

  it.each(screens)('go all the way, and always show where one is ($width, $colorScheme)', async (screen) => {
    const { page, troubles } = await signIn(`kim-${screen.width}`, onScreen(screen))
    await follow(page, 'To the content')
    expect(await page.evaluate('document.activeElement.id')).toBe('content')
    await follow(page, 'Upload')
    await page.waitForURL('**/me/upload')

    const chooser = page.waitForEvent('filechooser')
    await tabTo(page, 'Choose files')
    await page.keyboard.press('Space')
    await (await chooser).setFiles([historyFile(1)])
    await page.getByText('Done: 1 sent').waitFor()
    await follow(page, 'See your sessions')
    await page.waitForURL('**/me/sessions')
    await tabTo(page, 'Search by name, artist or title')
    await page.keyboard.type('title 3')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/me/sessions?q=*')
    await follow(page, 'Without a name')
    await page.getByText('0 of 12 plays count').waitFor()
    await follow(page, 'All that is kept')
    expect(await page.locator('details[open]').count()).toBe(1)
    await tabTo(page, 'Name')
    await page.keyboard.type('Harbour night')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Harbour night' }).waitFor()
    await follow(page, 'Make public')
    await page.getByText('Its public page').waitFor()

    await page.goto(pathOf('/me/profile'))
    await tabTo(page, 'Country')
    await page.keyboard.type('New Z')
    await tabTo(page, 'Acid house')
    await page.keyboard.press('Space')
    await tabTo(page, 'Past the genres', 'Shift+Tab')
    await page.keyboard.press('Enter')
    expect((await stopOf(page)).name).toBe('Save')
    await page.keyboard.press('Enter')
    await page.getByText('Saved.').waitFor()
    expect(await page.getByRole('combobox', { name: 'Country' }).inputValue()).toBe('NZ')
    expect(await page.getByLabel('Acid house', { exact: true }).isChecked()).toBe(true)

    await follow(page, 'Your data')
    await page.waitForURL('**/me/data')
    await follow(page, 'Erase everything')
    await page.waitForURL('**/me/erase')
    await tabTo(page, 'I understand that nothing can be brought back.')
    await page.keyboard.press('Space')
    await follow(page, 'Erase everything now')
    await page.getByRole('heading', { name: 'Receipt of an erasure' }).waitFor()
    expect(troubles).toEqual([])
  })
})
