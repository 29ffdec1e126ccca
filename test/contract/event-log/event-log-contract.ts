/**
 * What every adapter of the event log promises. An adapter's test file calls this once with a way to make its logs.
 *
 * Nothing here counts on one partition, on offsets without gaps, or on a clock that tests own: brokers have their own.
 */
import fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Batch, ConsumeOptions, EventLog, LogRecord, NewEvent, Position } from '#platform/event-log/event-log.ts'
import { waitFor } from '../../support/wait-for.ts'

export interface LogOptions {
  /** Batches hold no more events than this. */
  readonly batchRecordsMax?: number
}

/** One log, empty at first, that can be opened again after a close. */
export interface LogUnderTest {
  open(): Promise<EventLog>
}

export function eventLogContract(name: string, create: (options: LogOptions) => Promise<LogUnderTest>): void {
  describe(`event log: ${name}`, () => {
    describe('append', () => {
      it('answers the positions at which the events are handed over, in the order of the request', async () => {
        const { log } = await openNew()
        const events = ['anna', 'bert', 'anna', 'cleo'].map((owner, index) => event(owner, `${index}`))
        const positions = await log.append(events)
        const records = await take(log, 4)
        expect(positions).toHaveLength(4)
        positions.forEach((position, index) => {
          expect(at(records, position)).toMatchObject({ owner: events[index]?.owner, payload: events[index]?.payload })
        })
      })

      it('says when the log took an event', async () => {
        const { log } = await openNew()
        const beforeMs = Date.now()
        await log.append([event('anna', '1')])
        const [record] = await take(log, 1)
        expect(record?.appendedAtMs).toBeGreaterThanOrEqual(beforeMs - 1_000)
        expect(record?.appendedAtMs).toBeLessThanOrEqual(Date.now() + 1_000)
      })

      it('hands over any bytes as they came', async () => {
        const { log } = await openNew()
        const payloads = [
          new Uint8Array(0),
          new Uint8Array(700_000).map((_, index) => index % 251),
          ...fc.sample(fc.uint8Array({ maxLength: 2_000 }), { numRuns: 100, seed: 1 }),
        ]
        await log.append(payloads.map((payload) => ({ owner: 'anna', payload })))
        const records = await take(log, payloads.length)
        payloads.forEach((payload, index) => {
          expect(Buffer.compare(payload, records[index]?.payload ?? new Uint8Array([1, 2, 3]))).toBe(0)
        })
      })

      it('takes an empty request', async () => {
        const { log } = await openNew()
        expect(await log.append([])).toEqual([])
        expect(await log.lag('ingest')).toBe(0)
      })

      it('keeps the order of each owner, and every event once, while many append at the same time', async () => {
        const { log } = await openNew({ batchRecordsMax: 50 })
        const owners = Array.from({ length: 20 }, (_, index) => `owner-${index}`)
        const consumed = take(log, 20 * 30)
        await Promise.all(
          owners.map(async (owner) => {
            for (let request = 0; request < 15; request++) {
              await log.append([event(owner, `${request * 2}`), event(owner, `${request * 2 + 1}`)])
            }
          }),
        )
        const records = await consumed
        for (const owner of owners) {
          const own = records.filter((record) => record.owner === owner)
          expect(own.map(textOf)).toEqual(Array.from({ length: 30 }, (_, index) => `${index}`))
          expect(new Set(own.map(({ partition }) => partition)).size).toBe(1)
          expect(own.every((record, index) => index === 0 || record.offset > (own[index - 1]?.offset ?? 0))).toBe(true)
        }
      })

      it('refuses on a closed log, and nothing of the request is there afterwards', async () => {
        const { log, reopen } = await openNew()
        await log.append([event('anna', 'kept')])
        await log.close()
        await expect(log.append([event('anna', '1'), event('bert', '2')])).rejects.toMatchObject({
          code: 'log-unavailable',
          retryable: true,
        })
        const again = await reopen()
        expect((await take(again, 1)).map(textOf)).toEqual(['kept'])
        expect(await again.lag('ingest')).toBe(0)
      })

      it('keeps what is under way when the log is closed', async () => {
        const { log, reopen } = await openNew()
        const appends = Array.from({ length: 20 }, (_, index) => log.append([event('anna', `${index}`)]))
        const [outcomes] = await Promise.all([Promise.allSettled(appends), log.close()])
        expect(outcomes.map(({ status }) => status)).toEqual(outcomes.map(() => 'fulfilled'))
        expect(await take(await reopen(), 20)).toHaveLength(20)
      })
    })

    describe('consume', () => {
      it('hands over the same events again when they were not handled, and passes the reason on', async () => {
        const { log } = await openNew()
        await log.append([event('anna', '1'), event('anna', '2')])
        const seen: string[] = []
        const failing = log.consume(
          'ingest',
          async (batch) => {
            seen.push(...batch.records.map(textOf))
            throw new Error('the store is gone')
          },
          never(),
        )
        await expect(failing).rejects.toThrow('the store is gone')
        expect(await log.lag('ingest')).toBe(2)
        expect((await take(log, 2)).map(textOf)).toEqual(['1', '2'])
        expect(seen[0]).toBe('1')
      })

      it('goes on behind what was handled when the log is opened again', async () => {
        const { log, reopen } = await openNew()
        await log.append([event('anna', '1'), event('anna', '2')])
        await take(log, 2)
        await log.append([event('anna', '3')])
        await log.close()
        expect((await take(await reopen(), 1)).map(textOf)).toEqual(['3'])
      })

      it('hands over again what was in hand when the log was closed, if it was not handled', async () => {
        const { log, reopen } = await openNew()
        await log.append([event('anna', '1')])
        const consuming = log.consume('ingest', () => Promise.reject(new Error('killed')), never())
        await Promise.allSettled([consuming])
        await log.close()
        expect((await take(await reopen(), 1)).map(textOf)).toEqual(['1'])
      })

      it('wakes for an event that comes while it waits at the end', async () => {
        const { log } = await openNew()
        const ending = new AbortController()
        const seen: string[] = []
        const consuming = log.consume(
          'ingest',
          async ({ records }) => void seen.push(...records.map(textOf)),
          ending.signal,
        )
        for (const text of ['1', '2', '3']) {
          await log.append([event('anna', text)])
          await waitFor(`event ${text}`, () => seen.at(-1) === text)
        }
        ending.abort()
        await consuming
        expect(seen).toEqual(['1', '2', '3'])
      })

      it('holds no more than one batch of a partition at once, and reads no further until it is handled', async () => {
        const { log } = await openNew({ batchRecordsMax: 10 })
        await log.append(Array.from({ length: 100 }, (_, index) => event(`owner-${index % 7}`, `${index}`)))
        const inHand = new Map<number, number>()
        const sizes: number[] = []
        let most = 0
        await takeBatches(log, 100, async ({ partition, records }) => {
          inHand.set(partition, (inHand.get(partition) ?? 0) + 1)
          most = Math.max(most, inHand.get(partition) ?? 0)
          sizes.push(records.length)
          // Something else gets its turn while the batch is in hand.
          await log.lag('ingest')
          await new Promise((resolve) => setImmediate(resolve))
          inHand.set(partition, 0)
        })
        expect(most).toBe(1)
        expect(Math.max(...sizes)).toBeLessThanOrEqual(10)
      })

      it('keeps a position only when its batch is handled, not before', async () => {
        const { log } = await openNew()
        await log.append([event('anna', '1')])
        const lags: number[] = []
        await takeBatches(log, 1, async () => void lags.push(await log.lag('ingest')))
        expect([...lags, await log.lag('ingest')]).toEqual([1, 0])
      })

      it('ends at once where it waits for events', async () => {
        const { log } = await openNew()
        const ending = new AbortController()
        const consuming = log.consume('ingest', async () => undefined, ending.signal)
        ending.abort()
        await expect(consuming).resolves.toBeUndefined()
      })

      it('hands over nothing where it is told to end before it begins', async () => {
        const { log } = await openNew()
        await log.append([event('anna', '1')])
        const seen: Batch[] = []
        await log.consume('ingest', async (batch) => void seen.push(batch), AbortSignal.abort())
        expect(seen).toEqual([])
        expect(await log.lag('ingest')).toBe(1)
      })

      it('finishes the batch in hand when it is told to end, and keeps its position', async () => {
        const { log } = await openNew()
        await log.append([event('anna', '1')])
        const ending = new AbortController()
        let isHandled = false
        await log.consume(
          'ingest',
          async () => {
            ending.abort()
            await log.lag('ingest')
            isHandled = true
          },
          ending.signal,
        )
        expect(isHandled).toBe(true)
        expect(await log.lag('ingest')).toBe(0)
      })

      it('ends when the log is closed, with the batch in hand done and its position kept', async () => {
        const { log, reopen } = await openNew()
        await log.append([event('anna', '1')])
        let closing: Promise<void> | undefined
        const startClosing = async () => {
          closing = log.close()
        }
        await log.consume('ingest', startClosing, never())
        await closing
        expect(await (await reopen()).lag('ingest')).toBe(0)
      })
    })

    describe('trim', () => {
      it('deletes nothing that a group has not behind it, however old', async () => {
        const { log } = await openNew()
        await log.append([event('anna', '1'), event('anna', '2')])
        expect(await log.trim(Date.now() + 3_600_000)).toBe(0)
        expect((await take(log, 2)).map(textOf)).toEqual(['1', '2'])
      })

      it('deletes what is older than the time and behind every group, and says how many', async () => {
        const { log } = await openNew({ batchRecordsMax: 2 })
        await log.append(['1', '2', '3'].map((text) => event('anna', text)))
        const old = await take(log, 3)
        const beforeMs = Math.max(...old.map(({ appendedAtMs }) => appendedAtMs)) + 1
        await waitFor('the clock to go on', () => Date.now() > beforeMs)
        await log.append([event('anna', '4')])
        await take(log, 1)
        await log.append([event('anna', '5')])
        expect(await log.trim(beforeMs)).toBe(3)
        expect(await log.trim(beforeMs)).toBe(0)
        expect(await log.trim(Date.now() + 3_600_000)).toBe(1)
        expect((await take(log, 1)).map(textOf)).toEqual(['5'])
      })

      it('never gives an offset twice, also when everything was trimmed and the log opened again', async () => {
        const { log, reopen } = await openNew()
        const [first] = await log.append([event('anna', '1')])
        await take(log, 1)
        expect(await log.trim(Date.now() + 3_600_000)).toBe(1)
        await log.close()
        const again = await reopen()
        const [second] = await again.append([event('anna', '2')])
        expect(second?.partition).toBe(first?.partition)
        expect(second?.offset).toBeGreaterThan(first?.offset ?? Number.NaN)
        expect((await take(again, 1)).map(textOf)).toEqual(['2'])
      })
    })

    describe('erase', () => {
      it('removes what an owner sent before a position, and its dead letters, and nothing of another', async () => {
        const { log, reopen } = await openNew()
        const positions = await log.append(['anna', 'bert', 'anna', 'anna'].map((owner, i) => event(owner, `${i}`)))
        const records = await take(log, 4)
        for (const record of records) await log.deadLetter(record, 'unreadable', `event ${textOf(record)}`)
        const [, , , before] = positions
        if (before === undefined) throw new Error('nothing was appended')
        const goneAtMs = await log.erase([{ owner: 'anna', beforeOffset: before.offset }])
        expect(goneAtMs).toBeGreaterThan(0)
        const left = (await log.deadLetters(10)).map(({ detail }) => detail)
        expect(left.sort()).toEqual(['event 1', 'event 3'])
        await log.append([event('anna', '4')])
        expect((await take(log, 1)).map(textOf)).toEqual(['4'])
        await log.close()
        const again = await reopen()
        expect((await again.deadLetters(10)).map(({ detail }) => detail).sort()).toEqual(['event 1', 'event 3'])
        await again.append([event('anna', '5')])
        expect((await take(again, 1)).map(textOf)).toEqual(['5'])
      })

      it('takes an owner that sent nothing, and the same erasure twice', async () => {
        const { log } = await openNew()
        const [before] = await log.append([event('anna', '1')])
        await take(log, 1)
        if (before === undefined) throw new Error('nothing was appended')
        await log.erase([{ owner: 'nobody', beforeOffset: before.offset }])
        await log.erase([{ owner: 'nobody', beforeOffset: before.offset }])
        expect(await log.lag('ingest')).toBe(0)
      })
    })

    describe('dead letters', () => {
      it('keeps an event with its reason, newest first, also when the log is opened again', async () => {
        const { log, reopen } = await openNew()
        await log.append(['1', '2', '3'].map((text) => event('anna', text)))
        const records = await take(log, 3)
        for (const record of records) await log.deadLetter(record, 'unreadable', `event ${textOf(record)}`)
        await log.close()
        const letters = await (await reopen()).deadLetters(2)
        expect(letters.map(({ detail }) => detail)).toEqual(['event 3', 'event 2'])
        expect(letters[0]).toMatchObject({ owner: 'anna', reason: 'unreadable' })
        expect(textOf(letters[0])).toBe('3')
        expect(letters[0]?.offset).toBe(records[2]?.offset)
      })

      it('goes on behind the one that a page ended at', async () => {
        const { log } = await openNew()
        await log.append(['1', '2', '3'].map((text) => event('anna', text)))
        for (const record of await take(log, 3)) await log.deadLetter(record, 'unreadable', textOf(record))
        const seen: string[] = []
        let [letter] = await log.deadLetters(1)
        for (; letter !== undefined; [letter] = await log.deadLetters(1, letter)) seen.push(letter.detail)
        expect(seen).toEqual(['3', '2', '1'])
      })

      it('has none at first', async () => {
        const { log } = await openNew()
        expect(await log.deadLetters(10)).toEqual([])
      })
    })

    describe('identity', () => {
      it('stays when the log is opened again', async () => {
        const { log, reopen } = await openNew()
        await log.append([event('anna', '1')])
        const before = await log.identity()
        await log.close()
        expect(await (await reopen()).identity()).toEqual(before)
      })

      it('is another one for another log', async () => {
        const [one, other] = [await openNew(), await openNew()]
        expect((await one.log.identity()).id).not.toBe((await other.log.identity()).id)
      })

      it('tells where each partition ends: behind every event appended, not behind the next one', async () => {
        const { log } = await openNew()
        const positions = await log.append(['anna', 'bert', 'cleo'].map((owner) => event(owner, '1')))
        const { endOffsets } = await log.identity()
        for (const { partition, offset } of positions) expect(endOffsets[partition]).toBeGreaterThan(offset)
        for (const { partition, offset } of await log.append([event('anna', '2')])) {
          expect(offset).toBeGreaterThanOrEqual(endOffsets[partition] ?? Number.NaN)
        }
      })
    })

    describe('positions of the consumer', () => {
      it('hands over again from where the consumer has come to, where that lies further back', async () => {
        const { log } = await openNew()
        const [first] = await log.append(['1', '2', '3'].map((text) => event('anna', text)))
        await take(log, 3)
        const behindFirst = (first?.offset ?? 0) + 1
        expect((await take(log, 2, { resumeFrom: async () => behindFirst })).map(textOf)).toEqual(['2', '3'])
      })

      it('hands over everything again to a consumer that knows of no event', async () => {
        const { log } = await openNew()
        await log.append([event('anna', '1'), event('anna', '2')])
        await take(log, 2)
        expect((await take(log, 2, { resumeFrom: async () => undefined })).map(textOf)).toEqual(['1', '2'])
      })

      it('goes on where its own position is, where the consumer has come further', async () => {
        const { log } = await openNew({ batchRecordsMax: 1 })
        await log.append([event('anna', '1'), event('anna', '2')])
        await take(log, 1)
        expect((await take(log, 1, { resumeFrom: async () => 1_000_000 })).map(textOf)).toEqual(['2'])
      })
    })

    describe('consumers', () => {
      it('tells whether anybody consumes in a group', async () => {
        const { log } = await openNew()
        expect(await log.hasConsumers('ingest')).toBe(false)
        await log.append([event('anna', '1')])
        let whileConsuming: boolean | undefined
        const ending = new AbortController()
        const handle = async () => {
          whileConsuming = await log.hasConsumers('ingest')
          ending.abort()
        }
        await log.consume('ingest', handle, ending.signal)
        expect(whileConsuming).toBe(true)
        await waitFor('the consumer to be gone', async () => !(await log.hasConsumers('ingest')))
      })
    })

    describe('lag', () => {
      it('counts the events that a group has not behind it', async () => {
        const { log } = await openNew({ batchRecordsMax: 1 })
        expect(await log.lag('ingest')).toBe(0)
        await log.append(['1', '2', '3'].map((text) => event('anna', text)))
        expect(await log.lag('ingest')).toBe(3)
        await take(log, 1)
        expect(await log.lag('ingest')).toBe(2)
      })
    })
  })

  async function openNew(options: LogOptions = {}) {
    const underTest = await create(options)
    const open = async (): Promise<EventLog> => {
      const log = await underTest.open()
      onTestFinished(() => log.close())
      return log
    }
    return { log: await open(), reopen: open }
  }
}

/** Consumes until so many events have come. */
export async function take(log: EventLog, count: number, options?: ConsumeOptions): Promise<LogRecord[]> {
  const records: LogRecord[] = []
  await takeBatches(log, count, async (batch) => void records.push(...batch.records), options)
  return records
}

async function takeBatches(
  log: EventLog,
  count: number,
  handle: (batch: Batch) => Promise<void>,
  options?: ConsumeOptions,
): Promise<void> {
  const ending = new AbortController()
  let taken = 0
  await log.consume(
    'ingest',
    async (batch) => {
      await handle(batch)
      taken += batch.records.length
      if (taken >= count) ending.abort()
    },
    ending.signal,
    options,
  )
}

export function event(owner: string, text: string): NewEvent {
  return { owner, payload: Buffer.from(text) }
}

export function textOf(record: LogRecord | undefined): string {
  return Buffer.from(record?.payload ?? []).toString()
}

function at(records: readonly LogRecord[], { partition, offset }: Position): LogRecord | undefined {
  return records.find((record) => record.partition === partition && record.offset === offset)
}

function never(): AbortSignal {
  return new AbortController().signal
}
