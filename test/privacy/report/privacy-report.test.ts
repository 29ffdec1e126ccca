import { describe, expect, it } from 'vitest'
import { columns } from '#schemas/privacy/columns.ts'
import { playlistFields, profileFields, sessionFields } from '#schemas/privacy/fields.ts'
import { labels, retentionRules } from '#schemas/privacy/labels.ts'
import { makeRegister, type Register } from '../../../services/privacy/report/register.ts'
import { toMarkdown } from '../../../services/privacy/report/register-markdown.ts'
import { runProgram } from '../../support/start-server.ts'

const MAIN = 'services/privacy/report/main.ts'
const limits = { sessionMonths: 37, auditDays: 366, logHours: 71, backupDays: 29 }

describe('the register of processing', () => {
  const register = makeRegister(limits)
  const markdown = toMarkdown(register)

  it('has an entry for every label, with its category, purpose, audiences and time', () => {
    expect(register.entries.map(({ label }) => label)).toEqual(Object.keys(labels))
    for (const entry of register.entries) {
      const { category, purpose, audiences, keep } = labels[entry.label]
      expect(entry).toMatchObject({ category, purpose, audiences, kept: retentionRules[keep].keeps(limits) })
      expect(entry.safeguards.length, entry.label).toBe(audiences.length)
    }
  })

  it('names every column that holds personal data once, under its label', () => {
    const wanted = Object.entries(columns).flatMap(([table, ofTable]) =>
      Object.entries(ofTable).flatMap(([column, name]) =>
        name === 'operational' || name === 'aggregate' ? [] : [`${name} ${table}.${column}`],
      ),
    )
    const named = register.entries.flatMap(({ label, columns: places }) => places.map((place) => `${label} ${place}`))
    expect(named.sort()).toEqual(wanted.sort())
  })

  it('names every field that is kept, and apart from them those that are not', () => {
    for (const [record, fields] of Object.entries({
      session: sessionFields,
      profile: profileFields,
      playlist: playlistFields,
    })) {
      for (const [path, label] of Object.entries(fields)) {
        if (label === 'operational') continue
        const places =
          label === 'not-kept' ? register.notKept : register.entries.find((one) => one.label === label)?.fields
        expect(places, path).toContain(`${record}: ${path}`)
      }
    }
  })

  it('says the same in Markdown, for people', () => {
    for (const { label, purpose, kept, fields, columns: places } of register.entries) {
      const line = markdown.split('\n').find((one) => one.startsWith(`| **${label}**`))
      expect(line, label).toContain(`| ${purpose} |`)
      expect(line, label).toContain(`| ${kept} |`)
      for (const field of fields) expect(line).toContain(field)
      for (const place of places) expect(line).toContain(place.split('.').slice(0, 2).join('.'))
    }
    for (const { rule, kept } of register.retention) expect(markdown).toContain(`| ${rule} | ${kept} |`)
    for (const number of ['37 months', '71 hours', '366 days', '29 days']) expect(markdown).toContain(number)
  })

  it('tells the recipients: nobody for what is the DJ’s own, never more than aggregates for charts', () => {
    const recipientsOf = (label: string) => register.entries.find((one) => one.label === label)?.recipients
    expect(recipientsOf('city')).toEqual([])
    expect(recipientsOf('contributor')).toEqual(['everybody, only in charts over enough accounts'])
  })
})

describe('npm run privacy:report', () => {
  it('prints Markdown with the settings in force, the same each time', async () => {
    const settings = { SESSION_RETENTION_MONTHS: '12', LOG_RETENTION_HOURS: '48', KAFKA_BROKERS: 'not for the report' }
    const first = await runProgram(MAIN, [], settings)
    expect(first).toMatchObject({ status: 0, stderr: '' })
    expect(first.stdout).toMatch(/^# Register of processing\n/)
    expect(first.stdout).toContain('sessions 12 months, event log 48 hours')
    expect((await runProgram(MAIN, [], settings)).stdout).toBe(first.stdout)
  })

  it('prints JSON for programs', async () => {
    const { stdout } = await runProgram(MAIN, ['--format', 'json'], { BACKUP_RETENTION_DAYS: '9' })
    const register: Register = JSON.parse(stdout)
    expect(register).toEqual(
      JSON.parse(JSON.stringify(makeRegister({ sessionMonths: 36, auditDays: 365, logHours: 72, backupDays: 9 }))),
    )
  })

  it.each([
    [['--format', 'pdf'], {}, /^Usage: /],
    [['--frobnicate'], {}, /^Usage: /],
    [[], { AUDIT_RETENTION_DAYS: 'long' }, /^config-invalid: AUDIT_RETENTION_DAYS: /],
  ])('says in one line what is wrong with %j %j', async (args, settings, line) => {
    const ended = await runProgram(MAIN, args, settings)
    expect(ended).toMatchObject({ status: 2, stdout: '' })
    expect(ended.stderr).toMatch(line)
  })
})
