/**
 * One process at a time in a data folder: two of them would each believe to own the log and the store.
 *
 * The lock is the kernel's own (`flock`), on a file that is held open: it ends with the process, however that ends, so it
 * is never stale, and it holds between containers that share a volume, where process numbers mean nothing. Node.js has no
 * call for it. On macOS it comes with opening the file; on Linux the small program `flock` (util-linux, BusyBox) takes it
 * on our open file, where it stays after that program has ended, since a lock belongs to the open file and not to the
 * process that asked for it.
 *
 * The file itself stays when the lock goes: deleting it would let a third process lock another file of the same name.
 * @module
 */
import { spawnSync } from 'node:child_process'
import { closeSync, constants, ftruncateSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { TonearmError } from '../errors/tonearm-error.ts'

/** `O_EXLOCK` of macOS and the BSDs, which `node:fs` does not name: opening takes the lock, or fails. */
const OPEN_LOCKED = 0x20

const FLOCK_MS_MAX = 5_000

/**
 * Locks the folder for this process, making it where it does not exist; returns what releases it.
 *
 * @throws TonearmError `log-unavailable` when another process has it, or when it cannot be locked.
 */
export function lockFolder(folder: string): () => void {
  const path = join(folder, 'lock')
  let file: number | undefined
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    file = process.platform === 'linux' ? openAndLock(path) : openLocked(path)
    writeHolder(file)
  } catch (error) {
    if (file !== undefined) closeSync(file)
    if (error instanceof TonearmError) throw error
    throw new TonearmError('log-unavailable', `The data folder ${folder} cannot be locked: ${messageOf(error)}`, error)
  }
  const held = file
  let released = false
  return () => {
    if (!released) closeSync(held)
    released = true
  }

  function openAndLock(lockPath: string): number {
    const opened = openSync(lockPath, constants.O_RDWR | constants.O_CREAT, 0o600)
    // The file becomes number 3 of the child; every other file of Node.js closes when a child starts.
    const flock = spawnSync('flock', ['-n', '-x', '3'], {
      stdio: ['ignore', 'ignore', 'pipe', opened],
      timeout: FLOCK_MS_MAX,
    })
    if (flock.status === 0) return opened
    closeSync(opened)
    const said = flock.stderr?.toString().trim() ?? ''
    // Both programs end with 1, in silence, where somebody else has the lock.
    if (flock.status === 1 && said === '') throw inUse(folder, lockPath)
    throw new Error(flock.error === undefined ? `flock: ${said}` : `flock (util-linux): ${flock.error.message}`)
  }

  function openLocked(lockPath: string): number {
    try {
      return openSync(lockPath, constants.O_RDWR | constants.O_CREAT | constants.O_NONBLOCK | OPEN_LOCKED, 0o600)
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'EAGAIN') throw inUse(folder, lockPath)
      throw error
    }
  }
}

/** The number is for people who look for the holder; nothing decides by it. */
function writeHolder(file: number): void {
  ftruncateSync(file)
  writeSync(file, `${process.pid}\n`, 0)
}

function inUse(folder: string, lockPath: string): TonearmError {
  const holder = readFileSync(lockPath, 'utf8').trim()
  const who = /^\d+$/.test(holder) ? `process ${holder}` : 'another process'
  return new TonearmError('log-unavailable', `The data folder ${folder} is in use by ${who} (lock file: ${lockPath}).`)
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
