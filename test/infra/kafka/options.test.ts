import { describe, expect, it } from 'vitest'
import { runProgram } from '../../support/start-server.ts'

const dev = 'infra/kafka/dev/main.ts'
const topics = 'infra/kafka/main.ts'

/** The one line of a refusal; the whole of standard error where it is more or less than that. */
async function refusal(file: string, args: readonly string[], environment: Record<string, string> = {}) {
  const { status, stderr } = await runProgram(file, args, environment)
  return { status, line: /^[^\n]*\n$/.test(stderr) ? stderr.trim() : stderr.split('\n') }
}

describe('npm run kafka:dev', () => {
  it.each([
    { args: ['--port', '65536'], reason: '--port: must be a whole number from 1 to 65535' },
    { args: ['--partitions', 'many'], reason: '--partitions: must be a whole number from 1 to 1000' },
    { args: ['--topics'], reason: "Unknown option '--topics'" },
  ])('refuses $args in one line', async ({ args, reason }) => {
    const { status, line } = await refusal(dev, args)
    expect(line).toContain(`config-invalid: ${reason}`)
    expect(status).toBe(2)
  })

  it('refuses an unusable LOG_RETENTION_HOURS in one line', async () => {
    const { status, line } = await refusal(dev, [], { LOG_RETENTION_HOURS: 'forever' })
    expect(line).toContain('config-invalid: LOG_RETENTION_HOURS')
    expect(status).toBe(2)
  })
})

describe('npm run kafka:topics', () => {
  it.each([
    { args: ['--replication', '0'], reason: '--replication: must be a whole number from 1 to 9' },
    { args: ['account-events'], reason: "Unexpected argument 'account-events'" },
    { args: [], reason: 'KAFKA_BROKERS: is not set' },
  ])('refuses $args in one line', async ({ args, reason }) => {
    const { status, line } = await refusal(topics, args)
    expect(line).toContain(`config-invalid: ${reason}`)
    expect(status).toBe(2)
  })

  it('says in one line that nobody answers', async () => {
    const { status, line } = await refusal(topics, [], { KAFKA_BROKERS: '127.0.0.1:1' })
    expect(line).toContain('log-unavailable: the brokers did not make the topics')
    expect(status).toBe(2)
  })
})
