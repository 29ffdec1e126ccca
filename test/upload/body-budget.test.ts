import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { createBodyBudget } from '../../services/upload/body-budget.ts'
import { readBody } from '../../services/upload/read-body.ts'

const bytes = (length: number) => Buffer.alloc(length)

describe('the memory of all uploads together', () => {
  it('works on bodies in their order, and on no more at a time than fit', async () => {
    const budget = createBodyBudget({ workedOnBytesMax: 10 })
    const begun: string[] = []
    const ends: (() => void)[] = []
    const work = (name: string, length: number) =>
      budget.workOn(bytes(length), () => {
        begun.push(name)
        return new Promise<void>((end) => ends.push(end))
      })
    const all = [work('a', 6), work('b', 4), work('c', 30), work('d', 1)]
    await new Promise(setImmediate)
    expect(begun).toEqual(['a', 'b'])
    ends[0]?.()
    await all[0]
    expect(begun).toEqual(['a', 'b'])
    ends[1]?.()
    await all[1]
    await new Promise(setImmediate)
    expect(begun).toEqual(['a', 'b', 'c'])
    ends[2]?.()
    await all[2]
    await new Promise(setImmediate)
    expect(begun).toEqual(['a', 'b', 'c', 'd'])
    ends[3]?.()
    await Promise.all(all)
  })

  it('goes on after work that failed', async () => {
    const budget = createBodyBudget({ heldBytesMax: 5, workedOnBytesMax: 5 })
    await expect(budget.workOn(bytes(5), () => Promise.reject(new Error('failed')))).rejects.toThrow('failed')
    expect(await budget.workOn(bytes(5), async () => 'done')).toBe('done')
  })

  it('refuses what does not fit, and takes it once there is room', async () => {
    const budget = createBodyBudget({ heldBytesMax: 10 })
    const slow = new PassThrough()
    const read = readBody({}, slow, budget)
    slow.write(bytes(8))
    await new Promise(setImmediate)
    const other = new PassThrough()
    other.end(bytes(3))
    await expect(readBody({}, other, budget)).rejects.toMatchObject({ code: 'overloaded' })
    slow.end()
    expect(await read).toHaveLength(8)
    const again = new PassThrough()
    again.end(bytes(3))
    expect(await readBody({}, again, budget)).toHaveLength(3)
  })

  it('holds nothing of a body that ended early', async () => {
    const budget = createBodyBudget({ heldBytesMax: 10 })
    const broken = new PassThrough()
    const read = readBody({}, broken, budget)
    broken.write(bytes(10))
    await new Promise(setImmediate)
    broken.destroy()
    await expect(read).rejects.toMatchObject({ code: 'unreadable-body' })
    expect(() => budget.hold(10)).not.toThrow()
  })
})
