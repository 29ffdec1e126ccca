import { open } from 'node:fs/promises'

/** Lets the names of new, renamed and deleted files survive a crash: a folder's entries are flushed apart from its files. */
export async function flushFolder(folder: string): Promise<void> {
  // Windows opens no folders, and needs none of this.
  if (process.platform === 'win32') return
  const opened = await open(folder, 'r')
  try {
    await opened.sync()
  } finally {
    await opened.close()
  }
}
