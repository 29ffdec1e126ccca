/**
 * The files of the embedded log: one LMDB environment with the events, the dead letters and some facts.
 *
 * LMDB writes a transaction's pages, flushes them, writes the page that points to them and flushes that, so a crash at
 * any instant leaves the state before the transaction or after it. With `overlappingSync`, lmdb-js's default, its promises
 * resolve before those flushes; it is off here, so that a resolved promise is a durable one (seen with strace: pwrite,
 * fdatasync, pwrite of the meta page to a file opened with O_DSYNC, and only then the answer).
 * @module
 */
import { closeSync, fsyncSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import { type Database, open } from 'lmdb'
import { TonearmError } from '../errors/tonearm-error.ts'

/** The layout of these files; another one needs another number and a way from this one. */
const FORMAT = 1

export interface LogFiles {
  /** Entries by offset. */
  readonly events: Database<Buffer, number>
  /** Entries by the offset of the event that could not be used, so that handing it over again adds none. */
  readonly deadLetters: Database<Buffer, number>
  /** Numbers and texts by name. */
  readonly facts: Database<unknown, string>
  /** Runs `stage` in one transaction, all or none; resolves when it survives a crash of the machine. */
  transact(stage: () => void): Promise<void>
  /** Lets the next reads see what was committed up to now. */
  refresh(): void
  /** Writes what was committed up to now into another, existing folder, without its free pages; appends go on meanwhile. */
  copyTo(folder: string): Promise<void>
  close(): Promise<void>
}

/** @throws TonearmError `log-unavailable` where the files cannot be opened or are of another version. */
export function openLogFiles(folder: string, newId: () => string): LogFiles {
  try {
    return openFiles(folder, newId)
  } catch (error) {
    if (error instanceof TonearmError) throw error
    const detail = error instanceof Error ? error.message : String(error)
    throw new TonearmError('log-unavailable', `The event log in ${folder} cannot be opened: ${detail}`, error)
  }
}

function openFiles(folder: string, newId: () => string): LogFiles {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const root = open({
    path: folder,
    // The path is a folder; lmdb-js would take one with a dot in its name for a file.
    noSubdir: false,
    overlappingSync: false,
    // Only explicit batches, one transaction each. lmdb-js's own batches make a promise of their own that nobody holds,
    // and a failed commit would end the process through it.
    eventTurnBatching: false,
    maxDbs: 4,
  })
  try {
    const events = root.openDB<Buffer, number>('events', { encoding: 'binary' })
    const deadLetters = root.openDB<Buffer, number>('dead-letters', { encoding: 'binary' })
    const facts = root.openDB<unknown, string>('facts', { encoding: 'json' })
    const files: LogFiles = {
      events,
      deadLetters,
      facts,
      transact: (stage) => transact(() => root.batch(stage)),
      refresh: () => root.resetReadTxn(),
      copyTo: (to) => root.backup(to, true),
      close: () => root.close(),
    }
    root.transactionSync(() => describe(facts, newId))
    // The names of the new files, too, have to survive: their folder's entries are flushed apart from the files.
    flushFolder(folder)
    flushFolder(dirname(folder))
    return files
  } catch (error) {
    void root.close()
    throw error
  }
}

/** Sets facts of a log that nobody has open. @throws TonearmError as {@link openLogFiles}. */
export async function writeFacts(folder: string, facts: Readonly<Record<string, unknown>>): Promise<void> {
  const files = openLogFiles(folder, () => '')
  try {
    await files.transact(() => {
      for (const [name, value] of Object.entries(facts)) files.facts.put(name, value)
    })
  } finally {
    await files.close()
  }
}

/** Writes down which log this is, once, and checks that this version can read it. */
function describe(facts: LogFiles['facts'], newId: () => string): void {
  const format = facts.get('format')
  if (format === undefined) {
    facts.put('format', FORMAT)
    facts.put('id', newId())
  } else if (format !== FORMAT) {
    throw new TonearmError('log-unavailable', `The event log has format ${format}, this version reads ${FORMAT}`)
  }
}

async function transact(batch: () => Promise<unknown>): Promise<void> {
  try {
    await batch()
  } catch (error) {
    // lmdb-js rejects with a general error that carries a second promise, which rejects with the reason; left alone, it
    // would end the process as an unhandled rejection.
    if (error instanceof Error && 'commitError' in error) await error.commitError
    throw error
  }
}

function flushFolder(folder: string): void {
  // Windows opens no folders, and needs none of this.
  if (process.platform === 'win32') return
  const opened = openSync(folder, 'r')
  try {
    fsyncSync(opened)
  } finally {
    closeSync(opened)
  }
}
