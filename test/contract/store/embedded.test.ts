import { openEmbeddedStore } from '#platform/store/embedded-store.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { storeContract } from './store-contract.ts'

storeContract('embedded', async () => {
  const folder = temporaryFolder()
  return { open: () => openEmbeddedStore({ folder }), folder }
})
