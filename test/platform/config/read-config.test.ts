import fc from 'fast-check'
import Type from 'typebox'
import { describe, expect, it } from 'vitest'
import { readConfig } from '#platform/config/read-config.ts'
import * as settings from '#platform/config/settings.ts'

const groups = settings
const schema = Type.Object({
  ...groups.serverSettings,
  ...groups.tlsSettings,
  ...groups.accessSettings,
  ...groups.dataSettings,
  ...groups.logSettings,
  ...groups.uploadSettings,
  ...groups.chartSettings,
  ...groups.privacySettings,
})

const read = (environment: Record<string, string | undefined>) => readConfig(schema, environment)
const reportOf = (name: string, environment: Record<string, string | undefined>) =>
  read(environment).report.find((entry) => entry.name === name)

/** The error, with the promise that its message is one line that names the setting. */
function refusal(environment: Record<string, string>): { code: unknown; message: string } {
  try {
    read(environment)
  } catch (error) {
    if (error instanceof Error && 'code' in error) return { code: error.code, message: error.message }
    throw error
  }
  throw new Error('the settings were taken')
}

describe('the settings', () => {
  it('have a default, or may be absent, each of them', () => {
    expect(read({}).config).toEqual({
      HOST: '127.0.0.1',
      PORT: 8080,
      LOG_LEVEL: 'info',
      DATA_DIR: './data',
      LOG_RETENTION_HOURS: 72,
      UPLOADS_PER_MINUTE: 600,
      CHARTS_CRON: '*/5 * * * *',
      CHART_MIN_DJS: 5,
      TAKE_BACK_HOURS_MAX: 24,
      CHART_PLAYS_PER_DJ: 10,
      CHART_FINAL_AFTER_DAYS: 7,
      RETENTION_CRON: '30 3 * * *',
      SESSION_RETENTION_MONTHS: 36,
      AUDIT_RETENTION_DAYS: 365,
    })
  })

  it('are read from the environment in the type that they have', () => {
    const { config } = read({ PORT: '0', TAKE_BACK_HOURS_MAX: '0.5', HOST: '::1', CHART_MIN_CHANGED_DJS: '1' })
    expect(config).toMatchObject({ PORT: 0, TAKE_BACK_HOURS_MAX: 0.5, HOST: '::1', CHART_MIN_CHANGED_DJS: 1 })
  })

  it('count as not set where the text is empty', () => {
    expect(read({ PORT: '', CHART_MIN_DJS: '' }).config).toMatchObject({ PORT: 8080, CHART_MIN_DJS: 5 })
  })

  it('leave alone what other programs have in the environment', () => {
    expect(() => read({ PATH: '/usr/bin', CHARTER: 'a', HOME: '/home/dj', ANALYTIC: '1' })).not.toThrow()
  })

  it.each([
    ['PORT', 'eighty'],
    ['PORT', '80.5'],
    ['CHART_MIN_DJS', 'true'],
    ['CHART_MIN_DJS', '5 DJs'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['LOG_LEVEL', 'loud'],
    ['CHART_MIN_DJS', '0'],
    ['CHART_PLAYS_PER_DJ', 'ten'],
    ['TAKE_BACK_HOURS_MAX', '-1'],
    ['LOG_RETENTION_HOURS', '0'],
  ])('refuse %s=%s in one line that names it', (name, value) => {
    const { code, message } = refusal({ [name]: value })
    expect(code).toBe('config-invalid')
    expect(message).toMatch(new RegExp(`^${name}: .+$`))
  })

  it('refuse a name of ours that there is not, for it is a slip of the pen', () => {
    expect(refusal({ CHART_MIN_DJ: '3' })).toEqual({
      code: 'config-invalid',
      message: 'CHART_MIN_DJ: there is no such setting',
    })
  })

  it('never repeat an unusable value, which may be a secret in the wrong place', () => {
    const values = fc.string({ minLength: 12 }).filter((value) => Number.isNaN(Number(value)))
    fc.assert(
      fc.property(values, (value) => {
        expect(refusal({ PORT: value }).message).not.toContain(value)
      }),
    )
  })
})

describe('the report of the settings', () => {
  it('names the source of each', () => {
    expect(reportOf('PORT', { PORT: '0' })).toEqual({ name: 'PORT', value: '0', source: 'environment' })
    expect(reportOf('PORT', {})).toEqual({ name: 'PORT', value: '8080', source: 'default' })
    expect(reportOf('MASTER_KEY_FILE', {})).toEqual({ name: 'MASTER_KEY_FILE', value: undefined, source: 'not set' })
  })

  it('masks a secret, and shows neither its length nor a part of it', () => {
    const secret = 'c2VjcmV0IGtleSBvZiAzMiBieXRlcyBmb3IgYSB0ZXM='
    expect(reportOf('MASTER_KEY', { MASTER_KEY: secret })?.value).toBe('********')
    expect(JSON.stringify(read({ MASTER_KEY: secret }).report)).not.toContain(secret)
  })

  it('holds each setting once', () => {
    expect(read({}).report.map(({ name }) => name)).toEqual(Object.keys(schema.properties))
  })
})
