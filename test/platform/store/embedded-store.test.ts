import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openEmbeddedStore } from '#platform/store/embedded-store.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

// What it shares with the store at a server is in test/contract/store.
describe('the embedded store', () => {
  it('makes its folder where it is missing', async () => {
    const folder = join(temporaryFolder(), 'a', 'store')
    const store = openEmbeddedStore({ folder })
    onTestFinished(() => store.close())
    await store.ping()
    expect(existsSync(folder)).toBe(true)
  })

  it('cannot be opened where a file lies in its place', () => {
    const file = join(temporaryFolder(), 'store')
    writeFileSync(file, '')
    expect(() => openEmbeddedStore({ folder: file })).toThrow()
  })
})
