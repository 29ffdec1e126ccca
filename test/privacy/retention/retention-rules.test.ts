import { describe, expect, it } from 'vitest'
import { columns } from '#schemas/privacy/columns.ts'
import { type RetentionRuleName, retentionRules } from '#schemas/privacy/labels.ts'
import { contributorTables, ownerTables } from '#schemas/privacy/personal-tables.ts'
import { retentionJobs } from '../../../services/privacy/retention/retention-jobs.ts'
import { renewalTables } from '../../../services/privacy/rotation/rotated-tables.ts'
import { openRetention } from './open-retention.ts'

const retention = openRetention()
const { pipeline, at, profile, send, choose, build, retain, count } = retention
// Its keys are the names of the rules.
const ruleNames = Object.keys(retentionRules) as RetentionRuleName[]
const rulesOf = (kind: string) => ruleNames.filter((name) => retentionJobs[name] === kind)
const tablesOf = (names: readonly RetentionRuleName[]): string[] => names.flatMap((name) => retentionRules[name].tables)

/** Writes a row of only what a time or a name is told by: everything else is what the engine makes of nothing. */
async function insertOldRow(table: string): Promise<void> {
  const old = Object.keys(columns[table] ?? {}).flatMap((name) => {
    if (name === 'at' || name.endsWith('_at')) return [[name, '2020-01-01T00:00:00.000Z']]
    return name === 'decided_by' ? [[name, 'editor']] : []
  })
  const lines = Buffer.from(JSON.stringify(Object.fromEntries(old)))
  await pipeline.store().connect('migrate').insert({ table, lines })
}

describe('PRIVACY 11: every retention rule has what keeps it, and that reaches every table of the rule:', () => {
  it('a rule has a job, and a job a rule', () => {
    expect(Object.keys(retentionJobs).sort()).toEqual([...ruleNames].sort())
  })

  it.each(ruleNames.filter((name) => typeof retentionJobs[name] === 'function'))(
    'the job of "%s" empties its tables of what is old',
    async (name) => {
      const tables: readonly string[] = retentionRules[name].tables
      for (const table of tables) {
        await insertOldRow(table)
        expect(await count(table), table).toBe(1)
      }
      await retain()
      for (const table of tables) {
        // A decision stays, and names nobody.
        const left = 'decided_by' in (columns[table] ?? {}) ? "decided_by != ''" : '1'
        expect(await count(table, left), table).toBe(0)
      }
    },
  )

  it('sessions that expire leave nothing in the tables of their rule', async () => {
    expect(rulesOf('expire-sessions')).toEqual(['session'])
    for (const dj of [1, 2, 3, 4, 5, 6]) {
      await profile(dj, { choices: { charts: true } })
      await send(dj, { visibility: 'public' })
      await choose(dj, { name: 'mine' })
    }
    await build()
    // Every member of the first revision changes, so that what they gave before is kept too.
    for (const dj of [1, 2, 3, 4, 5, 6]) await send(dj, { id: 'b' })
    await build()
    const tables = tablesOf(['session'])
    const filled = await Promise.all(tables.map((table) => count(table)))
    expect(Math.min(...filled), tables.join(' ')).toBeGreaterThan(0)
    at('2029-03-01T00:00:00Z')
    await retain()
    for (const table of tables) expect(await count(table), table).toBe(0)
  })

  it('an erasure reaches the tables that are kept until one', () => {
    expect([...ownerTables, ...contributorTables]).toEqual(expect.arrayContaining(tablesOf(rulesOf('erasure'))))
  })

  it('a build leaves nothing in the tables that are kept until one', async () => {
    const tables = tablesOf(rulesOf('build'))
    for (const table of tables.filter((table) => table.startsWith('charts.build_'))) await insertOldRow(table)
    for (const dj of [1, 2, 3, 4, 5]) {
      await profile(dj, { choices: { charts: true } })
      await send(dj)
    }
    await build()
    for (const table of tables) expect(await count(table), table).toBe(0)
  })

  it('a rotation empties its own tables', () => {
    expect(tablesOf(rulesOf('rotation')).sort()).toEqual([...renewalTables].sort())
  })
})
