/**
 * A disk that a test can fill and free while a server works on it: a file system of some megabytes in memory. Where none can
 * be mounted, for that takes root, the server's files may not grow past the size of its log, which its writes meet as they
 * meet a full disk.
 * @module
 */
import { spawnSync } from 'node:child_process'
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, statSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { newDataDir } from './start-server.ts'

const SIZE_MIB = 48
const CHUNK_BYTES_MIN = 4_096
/** What is left when it is full but for the last writes. */
const LEFT_BYTES = 256 * 1024

export interface SmallDisk {
  /** On the disk. */
  readonly dataDir: string
  /** Takes the room from the server with this process id, all but a quarter of a megabyte. */
  fill(pid: number): void
  /** Gives it back; also where that process has ended. */
  free(pid: number): void
}

/** It goes with the test. */
export function openSmallDisk(): SmallDisk {
  const folder = mkdtempSync(join(tmpdir(), 'tonearm-disk-'))
  const isMounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE_MIB}m`, 'tmpfs', folder]).status === 0
  onTestFinished(() => {
    // The server that has files open on it ends later, with the test file.
    if (isMounted) spawnSync('umount', ['--lazy', folder])
    rmSync(folder, { recursive: true, force: true })
  })
  return isMounted ? onMountedDisk(folder) : underFileLimit()
}

function onMountedDisk(folder: string): SmallDisk {
  const ballast = join(folder, 'ballast')
  const dataDir = join(folder, 'data')
  mkdirSync(dataDir)
  return {
    dataDir,
    fill() {
      for (let bytes = 1024 * 1024; bytes >= CHUNK_BYTES_MIN; ) {
        try {
          appendFileSync(ballast, Buffer.alloc(bytes))
        } catch (cause) {
          if (!(cause instanceof Error && 'code' in cause && cause.code === 'ENOSPC')) throw cause
          bytes /= 2
        }
      }
      truncateSync(ballast, statSync(ballast).size - LEFT_BYTES)
    },
    free: () => rmSync(ballast),
  }
}

function underFileLimit(): SmallDisk {
  const dataDir = newDataDir()
  const limit = (pid: number, bytes: number | 'unlimited') =>
    spawnSync('prlimit', ['--pid', `${pid}`, `--fsize=${bytes}:unlimited`])
  return {
    dataDir,
    fill(pid) {
      const { status, stderr } = limit(pid, statSync(join(dataDir, 'log', 'data.mdb')).size + LEFT_BYTES)
      if (status !== 0) throw new Error(`the size of files could not be limited: ${stderr}`)
    },
    free: (pid) => void limit(pid, 'unlimited'),
  }
}
