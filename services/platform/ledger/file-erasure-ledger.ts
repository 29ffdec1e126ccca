/**
 * The ledger of erasures in a file of lines (`ledger-line.ts`), one an erasure, that is only appended to, and flushed before
 * an erasure counts as done.
 * @module
 */
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { flushFolder } from '../data-folder/flush-folder.ts'
import { TonearmError } from '../errors/tonearm-error.ts'
import { createMutex } from '../scheduling/mutex.ts'
import type { ErasureLedger, LedgerEntry } from './erasure-ledger.ts'
import { decodeLedgerLine, encodeLedgerLine } from './ledger-line.ts'

const FILE_BYTES_MAX = 256 * 1024 * 1024

/** The ledger in a file; nothing is opened or made before its first use. One process at a time writes it. */
export function openErasureLedger(file: string): ErasureLedger {
  const turn = createMutex()
  let known: Set<string> | undefined

  return {
    append: (entries) =>
      turn.run(() =>
        unlessUnavailable('written', async () => {
          known ??= new Set((await readLines(file)).entries.map(({ receiptHash }) => receiptHash))
          const missing = new Map(
            entries.flatMap((entry) => (known?.has(entry.receiptHash) ? [] : [[entry.receiptHash, entry] as const])),
          )
          if (missing.size === 0) return
          await appendLines(file, [...missing.values()])
          for (const hash of missing.keys()) known.add(hash)
        }),
      ),

    create: () => turn.run(() => unlessUnavailable('written', () => createFile(file))),

    read: () => turn.run(() => unlessUnavailable('read', async () => (await readLines(file)).entries)),

    trim: (beforeMs) =>
      turn.run(() =>
        unlessUnavailable('trimmed', async () => {
          const { entries } = await readLines(file)
          const kept = entries.filter(({ atMs }) => atMs >= beforeMs)
          if (kept.length === entries.length) return 0
          await replaceFile(file, kept)
          known = undefined
          return entries.length - kept.length
        }),
      ),
  }
}

function lineOf(entry: LedgerEntry): string {
  return `${encodeLedgerLine(entry)}\n`
}

/** What is in the file, and where its last whole line ends: behind it is what a crash cut, which was never confirmed. */
async function readLines(file: string): Promise<{ entries: LedgerEntry[]; endBytes: number }> {
  const bytes = await readFile(file).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return Buffer.alloc(0)
    throw error
  })
  if (bytes.length > FILE_BYTES_MAX) throw unavailable(`is larger than ${FILE_BYTES_MAX} bytes`)
  const endBytes = bytes.lastIndexOf(10) + 1
  const lines = bytes.toString('utf8', 0, endBytes).split('\n').slice(0, -1)
  return { entries: lines.map(readLine), endBytes }
}

function readLine(text: string, index: number): LedgerEntry {
  const entry = decodeLedgerLine(text)
  if (entry === undefined) throw unavailable(`is damaged, or of another version, in line ${index + 1}`)
  return entry
}

async function appendLines(file: string, entries: readonly LedgerEntry[]): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  const { endBytes } = await readLines(file)
  const opened = await open(file, 'a', 0o600)
  try {
    const isNew = (await opened.stat()).size === 0
    await opened.truncate(endBytes)
    await opened.writeFile(entries.map(lineOf).join(''))
    await opened.sync()
    if (isNew) await flushFolder(dirname(file))
  } finally {
    await opened.close()
  }
}

/** Touches nothing of a file that is there: another process, or job, may be writing it. */
async function createFile(file: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  const opened = await open(file, 'a', 0o600)
  await opened.close()
  await flushFolder(dirname(file))
}

async function replaceFile(file: string, entries: readonly LedgerEntry[]): Promise<void> {
  const next = `${file}.next`
  await rm(next, { force: true })
  const opened = await open(next, 'wx', 0o600)
  try {
    await opened.writeFile(entries.map(lineOf).join(''))
    await opened.sync()
  } finally {
    await opened.close()
  }
  await rename(next, file)
  await flushFolder(dirname(file))
}

async function unlessUnavailable<T>(done: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof TonearmError) throw error
    const detail = error instanceof Error ? error.message : String(error)
    throw new TonearmError('ledger-unavailable', `The ledger of erasures cannot be ${done}: ${detail}`, error)
  }
}

function unavailable(what: string): TonearmError {
  return new TonearmError('ledger-unavailable', `The ledger of erasures ${what}`)
}
