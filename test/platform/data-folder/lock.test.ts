import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { lockFolder } from '#platform/data-folder/lock.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

describe('the lock of a data folder', () => {
  it('keeps a second process out while the first lives, and no longer: not even after SIGKILL', async () => {
    const folder = temporaryFolder()
    const holder = fileURLToPath(new URL('hold-lock.ts', import.meta.url))
    const child = spawn(process.execPath, ['--import', 'tsx', holder, folder], { stdio: ['ignore', 'pipe', 'inherit'] })
    await once(child.stdout, 'data')
    expect(() => lockFolder(folder)).toThrow(`The data folder ${folder} is in use by process ${child.pid}`)
    child.kill('SIGKILL')
    await once(child, 'exit')
    const release = lockFolder(folder)
    release()
  })

  it('is a retryable error that says that the log cannot be had', () => {
    const folder = temporaryFolder()
    const release = lockFolder(folder)
    expect(() => lockFolder(folder)).toThrow(expect.objectContaining({ code: 'log-unavailable', retryable: true }))
    release()
  })

  it('can be taken again once released, and released twice', () => {
    const folder = join(temporaryFolder(), 'made', 'here')
    for (let round = 0; round < 3; round++) {
      const release = lockFolder(folder)
      release()
      release()
    }
    const release = lockFolder(folder)
    expect(() => lockFolder(folder)).toThrow(/in use/)
    release()
  })

  it('does not outlive its process in what it started', async () => {
    const folder = temporaryFolder()
    const release = lockFolder(folder)
    const child = spawn(process.execPath, ['-e', 'console.log(1); setInterval(() => 0, 60_000)'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await once(child.stdout, 'data')
    release()
    lockFolder(folder)()
    child.kill('SIGKILL')
    await once(child, 'exit')
  })

  it('does not mind a lock file that an earlier process left', () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'lock'), '1\n')
    lockFolder(folder)()
  })

  it('says what is wrong with a folder that cannot be one', () => {
    const file = join(temporaryFolder(), 'file')
    writeFileSync(file, '')
    expect(() => lockFolder(file)).toThrow(/cannot be locked/)
  })
})
