import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openEmbeddedStore } from '#platform/store/embedded-store.ts'
import { migrate } from '#platform/store/migrate.ts'
import type { Store } from '#platform/store/store.ts'
import { analystRows } from './analyst-rows.ts'

const root = new URL('../../', import.meta.url)
const queries = new URL('docs/queries/', root)
const names = readdirSync(queries).map((file) => file.replace(/\.sql$/, ''))
const textOf = (name: string) => readFileSync(new URL(`${name}.sql`, queries), 'utf8')
const document = readFileSync(new URL('docs/sql.md', root), 'utf8')
const between = (mark: string) =>
  new RegExp(`<!-- ${mark}: [^>]*-->\\n([\\s\\S]*?)<!-- /${mark} -->`).exec(document)?.[1]?.trim()

let store: Store
const folder = mkdtempSync(join(tmpdir(), 'tonearm-test-'))
const rowsOf = (sql: string) => store.connect('migrate').rows<Record<string, unknown>>(sql)

beforeAll(async () => {
  store = openEmbeddedStore({ folder: join(folder, 'store') })
  await migrate(store, Date.now)
  for (const [table, rows] of Object.entries(analystRows)) {
    const lines = rows.map((row) => JSON.stringify(row)).join('\n')
    await store.connect('migrate').insert({ table, lines: Buffer.from(lines) })
  }
})
afterAll(async () => {
  await store.close()
  rmSync(folder, { recursive: true, force: true })
})

/** What the rows of `analyst-rows.ts` say, worked out by hand: the first row of each answer. */
const answers: Readonly<Record<string, Record<string, unknown>>> = {
  'age-of-the-music': { region: 'NZ', year_median: 2025, new_percent: 75, plays_with_year: '80' },
  'bpm-by-country': { region: 'DE', bpm_median: 140, bpm_low: 140, bpm_high: 140, plays_with_bpm: '30' },
  'countries-that-play-alike': { country: 'DE', other_country: 'NZ', tracks_shared: '1', likeness: 0.333 },
  'from-first-country-to-world': {
    title: 'Low Tide',
    first_country: 'NZ',
    in_first_country: '2026-02-02',
    in_the_world: '2026-02-16',
    weeks: '2',
  },
  'genre-share-over-time': { week: '2026-W07', genre: 'house', djs: 12, plays: '30', share_percent: 60 },
  'keys-that-follow-each-other': { from_key: '8A', to_key: '9A', plays: '24', share_percent: 75 },
  'new-entries-by-country': { region: 'NZ', rank: 2, title: 'Paper Lanterns', djs: 6 },
  'played-after-a-track': { title: 'Second Sunrise', plays: '24', djs_in_best_week: 9 },
  'reach-of-a-label': { region: 'NZ', djs_in_best_week: 11, best_week: '2026-W08', plays: '40', weeks: '2' },
  'rising-tracks-by-region': { region: 'NZ', title: 'Low Tide', djs_before: '5', djs_now: '11', growth: 2.2 },
  'software-over-time': { week: '2026-W08', software: 'Serato DJ Pro', djs: 12, share_percent: 75 },
  'tracks-that-last': { title: 'Second Sunrise', weeks: '2', best_rank: 1, ranks: [2, 1] },
}

describe('the questions of docs/sql.md', () => {
  it.each(names)('%s is answered by what the tables hold', async (name) => {
    expect((await rowsOf(textOf(name)))[0]).toMatchObject(answers[name] ?? { missing: 'an answer worked out by hand' })
  })

  it('are twelve, each of them in the document, in full', () => {
    expect(names).toHaveLength(12)
    const inDocument = names.map((name) => {
      const text = textOf(name)
      const [title = ''] = /^-- ([^:.]+)/.exec(text)?.slice(1) ?? []
      return `### ${title}\n\n[${name}.sql](queries/${name}.sql)\n\n\`\`\`sql\n${text.trim()}\n\`\`\``
    })
    expect(between('queries')).toBe(inDocument.join('\n\n'))
  })
})

describe('the data dictionary of docs/sql.md', () => {
  it('says of each table and column what the table itself says', async () => {
    const tables = await rowsOf("SELECT name, comment FROM system.tables WHERE database = 'analytics' ORDER BY name")
    const columns = await rowsOf(
      "SELECT table, name, type, comment FROM system.columns WHERE database = 'analytics' ORDER BY table, position",
    )
    expect(columns.filter(({ comment }) => comment === '')).toEqual([])
    const sections = tables.map(({ name, comment }) => {
      const rows = columns
        .filter(({ table }) => table === name)
        .map((column) => `| \`${column['name']}\` | ${column['type']} | ${column['comment']} |`)
      return `### analytics.${name}\n\n${comment}.\n\n| column | type | |\n|---|---|---|\n${rows.join('\n')}`
    })
    expect(sections).toHaveLength(4)
    expect(between('dictionary')).toBe(sections.join('\n\n'))
  })
})
