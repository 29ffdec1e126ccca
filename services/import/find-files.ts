/**
 * The files behind the arguments: a folder stands for all session files in it.
 * @module
 */
import { readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'

/** Serato's own folders lie two deep; deeper than this is no history. */
const FOLDER_DEPTH_MAX = 8

export interface FoundFiles {
  readonly sessions: readonly string[]
  readonly histories: readonly string[]
  /** Arguments that cannot be read at all. */
  readonly unreadable: readonly string[]
}

function isHistoryDatabase(path: string): boolean {
  return basename(path).toLowerCase() === 'history.database'
}

/** In the order of the arguments, those of a folder by name; each file once. */
export async function findFiles(paths: readonly string[]): Promise<FoundFiles> {
  const sessions = new Set<string>()
  const histories = new Set<string>()
  const unreadable: string[] = []
  for (const path of paths) {
    const found = await filesBehind(path)
    if (found === undefined) unreadable.push(path)
    for (const file of found ?? []) (isHistoryDatabase(file) ? histories : sessions).add(file)
  }
  return { sessions: [...sessions], histories: [...histories], unreadable }
}

async function filesBehind(path: string): Promise<readonly string[] | undefined> {
  try {
    return (await stat(path)).isDirectory() ? await filesIn(path, FOLDER_DEPTH_MAX) : [path]
  } catch {
    return undefined
  }
}

async function filesIn(folder: string, depth: number): Promise<string[]> {
  const files: string[] = []
  const entries = await readdir(folder, { withFileTypes: true })
  entries.sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }))
  for (const entry of entries) {
    // macOS leaves `._86.session` beside files on foreign disks: resource forks, not sessions.
    if (entry.name.startsWith('.')) continue
    const path = join(folder, entry.name)
    if (entry.isDirectory()) {
      if (depth > 1) files.push(...(await filesIn(path, depth - 1)))
    } else if (/\.session$/i.test(entry.name) || isHistoryDatabase(path)) files.push(path)
  }
  return files
}
