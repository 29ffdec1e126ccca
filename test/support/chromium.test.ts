import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findChromium } from './chromium.ts'
import { temporaryFolder } from './temporary-folder.ts'

function folderWith(name: string, mode: number): string {
  const folder = temporaryFolder()
  writeFileSync(join(folder, name), '')
  chmodSync(join(folder, name), mode)
  return folder
}

describe('the Chromium of the tests', () => {
  it('is the first on the PATH', () => {
    const [empty, first, second] = [temporaryFolder(), folderWith('chromium', 0o755), folderWith('chromium', 0o755)]
    expect(findChromium({ PATH: [empty, first, second].join(':') })).toBe(join(first, 'chromium'))
  })

  it('is the one that TONEARM_CHROMIUM names, and no other', () => {
    const folder = folderWith('chromium', 0o755)
    const named = join(folderWith('chrome', 0o755), 'chrome')
    expect(findChromium({ PATH: folder, TONEARM_CHROMIUM: named })).toBe(named)
    expect(findChromium({ PATH: folder, TONEARM_CHROMIUM: join(folder, 'nowhere') })).toBeUndefined()
  })

  it('is none where nothing of that name can be run', () => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'chromium'))
    expect(findChromium({ PATH: [folder, folderWith('chromium', 0o644)].join(':') })).toBeUndefined()
    expect(findChromium({})).toBeUndefined()
  })
})
