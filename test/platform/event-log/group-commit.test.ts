import { describe, expect, it } from 'vitest'
import { createGroupCommit } from '#platform/event-log/group-commit.ts'
import { waitFor } from '../../support/wait-for.ts'

describe('group commit', () => {
  it('puts what comes during a transaction together into the next one', async () => {
    const { commits, staged, disk } = createDisk()
    const first = commits.commit(1, () => 'first')
    await waitFor('the first transaction', () => staged.length === 1)
    const others = ['second', 'third', 'fourth'].map((name) => commits.commit(1, () => name))
    disk.answer()
    await first
    await waitFor('the second transaction', () => staged.length === 2)
    disk.answer()
    expect(await Promise.all(others)).toEqual(['second', 'third', 'fourth'])
    expect(staged).toEqual([1, 3])
  })

  it('puts no more bytes into a transaction than it should, but a larger write alone', async () => {
    const { commits, staged, disk } = createDisk({ groupBytesMax: 10 })
    const writes = [6, 4, 1, 50, 2].map((bytes) => commits.commit(bytes, () => undefined))
    for (let transactions = 1; transactions <= 4; transactions++) {
      await waitFor(`transaction ${transactions}`, () => staged.length === transactions)
      disk.answer()
    }
    await Promise.all(writes)
    expect(staged).toEqual([2, 1, 1, 1])
  })

  it('rejects every write of a transaction that failed, and goes on with the next', async () => {
    const { commits, staged, disk } = createDisk()
    const writes = [commits.commit(1, () => 1), commits.commit(1, () => 2)]
    const outcomes = Promise.allSettled(writes)
    await waitFor('the transaction', () => staged.length === 1)
    disk.fail(new Error('no space left'))
    for (const outcome of await outcomes) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'log-unavailable' } })
    }
    const next = commits.commit(1, () => 3)
    await waitFor('the next transaction', () => staged.length === 2)
    disk.answer()
    expect(await next).toBe(3)
  })

  it('refuses writes when too many bytes wait', async () => {
    const { commits, staged, disk } = createDisk({ waitingBytesMax: 10 })
    const first = commits.commit(1, () => 1)
    await waitFor('the first transaction', () => staged.length === 1)
    const second = commits.commit(8, () => 2)
    await expect(commits.commit(8, () => 3)).rejects.toMatchObject({ code: 'log-unavailable' })
    disk.answer()
    await waitFor('the second transaction', () => staged.length === 2)
    disk.answer()
    expect(await Promise.all([first, second])).toEqual([1, 2])
  })

  it('refuses writes while the disk does not answer, and takes them again when it does', async () => {
    let answer: (() => void) | undefined
    const commits = createGroupCommit({
      groupBytesMax: 1_000,
      waitingBytesMax: 1_000,
      commitMsMax: 10,
      transact(stage) {
        stage()
        if (answer !== undefined) return Promise.resolve()
        return new Promise((resolve) => {
          answer = resolve
        })
      },
    })
    await expect(commits.commit(1, () => 1)).rejects.toMatchObject({ code: 'log-unavailable' })
    await expect(commits.commit(1, () => 2)).rejects.toMatchObject({ code: 'log-unavailable' })
    expect(await commits.idle()).toBe(false)
    answer?.()
    await waitFor('the disk to be trusted again', () => commits.idle())
    expect(await commits.commit(1, () => 3)).toBe(3)
  })
})

/** A disk that answers when the test says so; `staged` counts the writes of each transaction. */
function createDisk(limits: { groupBytesMax?: number; waitingBytesMax?: number } = {}) {
  const staged: number[] = []
  const disk = { answer: (): void => undefined, fail: (_: Error): void => undefined }
  let writes = 0
  const commits = createGroupCommit({
    groupBytesMax: 1_000,
    waitingBytesMax: 1_000,
    commitMsMax: 20_000,
    ...limits,
    transact(stage) {
      writes = 0
      stage()
      return new Promise((resolve, reject) => {
        disk.answer = resolve
        disk.fail = reject
        staged.push(writes)
      })
    },
  })
  const counted = {
    ...commits,
    commit: <T>(sizeBytes: number, stage: () => T) =>
      commits.commit(sizeBytes, () => {
        writes += 1
        return stage()
      }),
  }
  return { commits: counted, staged, disk }
}
