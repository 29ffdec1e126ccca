/**
 * SQL stays SQL, in a file of its own beside the code that runs it.
 * @module
 */
import { readFileSync } from 'node:fs'

/** Reads one statement. `url` is `new URL('./sql/name.sql', import.meta.url)`. */
export function readSql(url: URL): string {
  return readFileSync(url, 'utf8').trim().replace(/;$/, '')
}
