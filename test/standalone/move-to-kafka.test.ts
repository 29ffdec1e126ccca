import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openEmbeddedEventLog } from '#platform/event-log/embedded-event-log.ts'
import { newDataDir, runProgram } from '../support/start-server.ts'

it('does not leave the log of its data folder for brokers while that holds what is not stored yet', async () => {
  const dataDir = newDataDir()
  const log = openEmbeddedEventLog({ folder: join(dataDir, 'log'), clock: Date.now })
  await log.append([{ owner: 'ana', payload: Buffer.from('{}') }])
  await log.close()
  const environment = { DATA_DIR: dataDir, PORT: '0', KAFKA_BROKERS: '127.0.0.1:1' }
  const ended = await runProgram('services/standalone/main.ts', ['--accept-new-log'], environment)
  expect(ended).toMatchObject({ status: 1, stdout: '' })
  expect(ended.stderr).toMatch(/^other-log: [^\n]*1 events[^\n]*without KAFKA_BROKERS\n$/)
})
