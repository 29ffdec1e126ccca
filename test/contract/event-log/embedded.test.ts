import { join } from 'node:path'
import { openEmbeddedEventLog } from '#platform/event-log/embedded-event-log.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { eventLogContract } from './event-log-contract.ts'

eventLogContract('embedded', async (options) => {
  const folder = join(temporaryFolder(), 'log')
  return { open: async () => openEmbeddedEventLog({ folder, clock: Date.now, ...options }) }
})
