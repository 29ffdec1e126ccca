import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openEmbeddedStore } from '#platform/store/embedded-store.ts'
import { migrate } from '#platform/store/migrate.ts'
import { sweepSuperseded } from '../../../services/privacy/retention/sweep-superseded.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

it('leaves no byte of what was replaced in any file of the store', async () => {
  const folder = temporaryFolder()
  const store = openEmbeddedStore({ folder })
  try {
    await migrate(store, () => 0)
    const connection = store.connect('retention')
    // A text that no compression shortens.
    const [mark, other] = ['Xq7vLw0RkT2mZp9d', 'Jh3nBc8sYf5gUa1e']
    for (const [version, value] of [mark, other].entries()) {
      const row = { owner: 'o', member: 'displayName', value, version }
      await connection.insert({ table: 'playlists.profile_members', lines: Buffer.from(JSON.stringify(row)) })
    }
    const filesWith = (text: string) =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .filter(({ parentPath, name }) => readFileSync(join(parentPath, name)).includes(text))
    expect(filesWith(mark).length).toBeGreaterThan(0)
    await sweepSuperseded(connection, new AbortController().signal)
    expect(filesWith(mark)).toEqual([])
    expect(filesWith(other).length).toBeGreaterThan(0)
  } finally {
    await store.close()
  }
})
