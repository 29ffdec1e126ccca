/**
 * The files of the embedded log: one LMDB environment with the events, the dead letters and some facts.
 *
 * LMDB writes a transaction's pages, flushes them, writes the page that points to them and flushes that, so a crash at
 * any instant leaves the state before the transaction or after it. With `overlappingSync`, lmdb-js's default, its promises
 * resolve before those flushes; it is off here, so that a resolved promise is a durable one (seen with strace: pwrite,
 * fdatasync, pwrite of the meta page to a file opened with O_DSYNC, and only then the answer).
 * @module
 */
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { type Database, open, type RootDatabase } from 'lmdb'
import { TonearmError } from '../errors/tonearm-error.ts'

/** The layout of these files; another one needs another number and a way from this one. */
const FORMAT = 1

export interface LogFiles {
  /** Entries by offset. This one and the next two are others after {@link compact}: ask for them at each use. */
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
  /**
   * Goes on in a copy without free pages, which hold the bytes of what was removed, and deletes the files up to now.
   * Nothing may be written meanwhile.
   */
  compact(): Promise<void>
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
  let environment = openEnvironment(currentFolder(folder))
  try {
    environment.root.transactionSync(() => describe(environment.facts, newId))
    removeOtherFiles(folder, environment.path)
    // The names of the new files, too, have to survive: their folder's entries are flushed apart from the files.
    flushFolder(environment.path)
    flushFolder(folder)
    flushFolder(dirname(folder))
  } catch (error) {
    void environment.root.close()
    throw error
  }

  return {
    get events() {
      return environment.events
    },
    get deadLetters() {
      return environment.deadLetters
    },
    get facts() {
      return environment.facts
    },
    transact: (stage) => transact(() => environment.root.batch(stage)),
    refresh: () => environment.root.resetReadTxn(),
    copyTo: (to) => environment.root.backup(to, true),
    async compact() {
      const before = environment
      // One that broke off, for want of room perhaps, has left a copy of what is to go.
      removeOtherFiles(folder, before.path)
      const path = mkdtempSync(join(folder, COMPACTED))
      await before.root.backup(path, true)
      flushFile(join(path, DATA_FILE))
      flushFolder(path)
      const after = openEnvironment(path)
      try {
        pointTo(folder, path)
      } catch (error) {
        await after.root.close()
        throw error
      }
      environment = after
      await before.root.close()
      removeOtherFiles(folder, path)
    },
    close: () => environment.root.close(),
  }
}

/** An open LMDB environment, in a folder of its own: one process cannot have two open in one folder. */
interface Environment {
  readonly path: string
  readonly root: RootDatabase
  readonly events: Database<Buffer, number>
  readonly deadLetters: Database<Buffer, number>
  readonly facts: Database<unknown, string>
}

function openEnvironment(path: string): Environment {
  const root = open({
    path,
    // The path is a folder; lmdb-js would take one with a dot in its name for a file.
    noSubdir: false,
    overlappingSync: false,
    // Only explicit batches, one transaction each. lmdb-js's own batches make a promise of their own that nobody holds,
    // and a failed commit would end the process through it.
    eventTurnBatching: false,
    maxDbs: 4,
  })
  try {
    return {
      path,
      root,
      events: root.openDB<Buffer, number>('events', { encoding: 'binary' }),
      deadLetters: root.openDB<Buffer, number>('dead-letters', { encoding: 'binary' }),
      facts: root.openDB<unknown, string>('facts', { encoding: 'json' }),
    }
  } catch (error) {
    void root.close()
    throw error
  }
}

const DATA_FILE = 'data.mdb'
const LOCK_FILE = 'lock.mdb'
/** Begin of the names of the folders that compaction makes. */
const COMPACTED = 'compacted-'
/** The file that names the folder in use; without it the files lie in the folder of the log itself. */
const POINTER = 'current'

function currentFolder(folder: string): string {
  const pointer = join(folder, POINTER)
  return existsSync(pointer) ? join(folder, basename(readFileSync(pointer, 'utf8').trim())) : folder
}

/** Names the folder in use, in one step that survives a crash. */
function pointTo(folder: string, path: string): void {
  const pointer = join(folder, POINTER)
  const next = `${pointer}.next`
  writeFileSync(next, `${basename(path)}\n`, { mode: 0o600, flush: true })
  renameSync(next, pointer)
  flushFolder(folder)
}

/** Deletes the files that are not in use: those from before a compaction, and those of one that broke off. */
function removeOtherFiles(folder: string, used: string): void {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name)
    const isCompacted = name.startsWith(COMPACTED) && path !== used
    const isFirst = (name === DATA_FILE || name === LOCK_FILE) && folder !== used
    if (isCompacted || isFirst) rmSync(path, { recursive: true })
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
  flushFile(folder)
}

function flushFile(path: string): void {
  const opened = openSync(path, 'r')
  try {
    fsyncSync(opened)
  } finally {
    closeSync(opened)
  }
}
