import { describe, expect, it } from 'vitest'
import { localeOf } from '#platform/pages/locale.ts'
import { profileFields, sessionFields } from '#schemas/privacy/fields.ts'
import { labels, retentionRules } from '#schemas/privacy/labels.ts'
import { privacyPage } from '../../services/site/pages/privacy-page.ts'
import { openSite } from './open-site.ts'

const site = openSite()
const words = localeOf('en').texts.privacyLabels
/** The settings of the site under test: none is a default. */
const limits = { sessionMonths: 37, auditDays: 366, logHours: 71, backupDays: 29 }
const read = async () =>
  (await site.server().inject({ url: '/privacy' })).body.replaceAll('&#39;', "'").replaceAll(/\s+/g, ' ')

describe('the privacy page', () => {
  it('has for every label a row with its purpose, all who see it, and how long', async () => {
    const rows = (await read()).split('<tr>')
    for (const [name, { purpose, audiences, keep }] of Object.entries(labels)) {
      const cells = [
        purpose,
        audiences.map((audience) => words.audiences[audience]).join('; '),
        retentionRules[keep].keeps(limits),
      ]
      const wanted = cells.map((cell) => `<td>${cell}</td>`).join('')
      expect(rows.filter((row) => row.includes(wanted)).length, name).toBeGreaterThan(0)
    }
  })

  it('names every field that is kept of a session and of a profile, and none that is not', async () => {
    const body = await read()
    for (const [path, label] of Object.entries({ ...sessionFields, ...profileFields })) {
      if (label === 'operational') continue
      const names = [...body.matchAll(/<tr><td>([^<]*)/g)].flatMap(([, words = '']) => words.split(', '))
      expect(names.includes(words.fields[path] ?? path), path).toBe(label !== 'not-kept')
    }
  })

  it('tells the numbers of the settings in force, and those of no other', async () => {
    const body = await read()
    for (const text of [
      '37 months after your software last sent them',
      '37 months after the session was last received',
      'on its way into the store</dt><dd>71 hours',
      'expire after 29 days',
      '696 hours, as a pseudonym',
      'audit trail for 366 days',
      '366 days after the erasure was complete',
      'fewer than 5 DJs',
      'at least 4 DJs changed',
      'follow within 23 hours',
    ]) {
      expect(body).toContain(text)
    }
    const other = { chartMinDjs: 2, chartMinChangedDjs: 2, takeBackHoursMax: 2 }
    const page = privacyPage(
      { ...other, limits: { sessionMonths: 2, auditDays: 2, logHours: 2, backupDays: 2 } },
      localeOf('en'),
    )
    const numbers = [...page.body.markup.matchAll(/\b(\d+) (?:months|days|hours|DJs)\b/g)].map(([, number]) => number)
    // Two days of backups are 48 hours.
    expect([...new Set(numbers)].sort()).toEqual(['2', '48'])
  })

  it.each([
    ['what is never kept', 'Folders and paths, comments, pictures'],
    ['erasure, with its receipt', 'You get a receipt'],
    ['the export', 'An export gives you everything'],
    ['both objections', 'Object.</strong> To statistics'],
    ['correction', 'Correct.</strong>'],
    ['that nobody may be under 16', 'Nobody under 16 may have an account'],
    ['what admins can do', 'an admin can export, correct or erase'],
    ['backups', 'Backups are encrypted'],
    ['cookies, of which there are none', '<h2>Cookies</h2> <p>None on public pages'],
  ])('tells of %s', async (_, text) => {
    expect(await read()).toContain(text)
  })

  it('is readable without scripts, and sets no cookie', async () => {
    const { body, headers } = await site.server().inject({ url: '/privacy' })
    expect(body).not.toMatch(/<script(?! type="module" src="\/assets\/)|onclick|javascript:/i)
    expect(headers['set-cookie']).toBeUndefined()
  })
})
