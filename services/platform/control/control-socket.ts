/**
 * Where a running service listens for commands: a Unix domain socket in the data folder, so that whoever may use the data
 * may command the service, and nobody else.
 * @module
 */
import { createHash } from 'node:crypto'
import { chmodSync, existsSync, lstatSync, mkdirSync, realpathSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { TonearmError } from '../errors/tonearm-error.ts'

/** The kernel's address of a socket holds 104 bytes on macOS and 108 on Linux, with the zero at its end. */
const PATH_BYTES_MAX = 100

/**
 * Path of the socket of a data folder: in it, or, where that path is too long for a socket, in the system's folder for
 * temporary files, under a name that follows from the data folder's real path.
 */
export function controlSocketPath(dataDir: string): string {
  const folder = existsSync(dataDir) ? realpathSync(dataDir) : dataDir
  const path = join(folder, 'control', 'socket')
  if (Buffer.byteLength(path) <= PATH_BYTES_MAX) return path
  const name = createHash('sha256').update(folder).digest('hex').slice(0, 16)
  return join(realpathSync(tmpdir()), `tonearm-${name}`, 'socket')
}

/**
 * Makes the folder of the socket, for this user alone: from the moment that the socket is there, nobody else reaches it.
 * Throws `config-invalid` where it is somebody else's, as it may be among temporary files.
 */
export function makeSocketFolder(socketPath: string): void {
  const folder = dirname(socketPath)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  checkSocketFolder(socketPath)
  chmodSync(folder, 0o700)
}

/** Throws `config-invalid` where the socket's folder is somebody else's: what listens there is then not our service. */
export function checkSocketFolder(socketPath: string): void {
  const folder = dirname(socketPath)
  const found = lstatSync(folder, { throwIfNoEntry: false })
  if (found === undefined) return
  if (!found.isDirectory() || (process.getuid !== undefined && found.uid !== process.getuid())) {
    throw new TonearmError('config-invalid', `DATA_DIR: ${folder} must be a folder of the user that runs the service`)
  }
}
