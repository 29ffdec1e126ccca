/**
 * The history files among what was dropped or chosen; a folder stands for all that is in it.
 * @module
 */

/** Serato's own folders lie two deep; deeper than this is no history. */
const FOLDER_DEPTH_MAX = 8

export interface HistoryFiles {
  readonly sessions: readonly File[]
  readonly databases: readonly File[]
}

/** Call it while the drop is handled: afterwards the browser has taken it away. */
export async function filesOfDrop(dropped: DataTransfer): Promise<HistoryFiles> {
  const entries = [...dropped.items].flatMap((item) => item.webkitGetAsEntry() ?? [])
  const files =
    entries.length > 0 ? (await Promise.all(entries.map((entry) => filesIn(entry)))).flat() : [...dropped.files]
  return historyFiles(files)
}

export function historyFiles(files: readonly File[]): HistoryFiles {
  const isDatabase = ({ name }: File) => name.toLowerCase() === 'history.database'
  // macOS leaves `._86.session` beside files on foreign disks: resource forks, not sessions.
  const isSession = ({ name }: File) => /\.session$/i.test(name) && !name.startsWith('.')
  const sessions = files.filter(isSession)
  sessions.sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }))
  return { sessions, databases: files.filter(isDatabase) }
}

async function filesIn(entry: FileSystemEntry, depth = FOLDER_DEPTH_MAX): Promise<File[]> {
  if (isFile(entry)) return [await new Promise<File>((resolve, reject) => entry.file(resolve, reject))]
  if (!isFolder(entry) || depth === 0) return []
  const reader = entry.createReader()
  const files: File[] = []
  for (;;) {
    // A browser hands a folder over in portions.
    const portion = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (portion.length === 0) return files
    for (const inner of portion) files.push(...(await filesIn(inner, depth - 1)))
  }
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory
}
