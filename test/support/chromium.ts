import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/**
 * The Chromium that tests open pages in: the file that `TONEARM_CHROMIUM` names, or `chromium` on the `PATH`, as Debian
 * installs it. `undefined` where there is none that can be run.
 */
export function findChromium(environment: NodeJS.ProcessEnv = process.env): string | undefined {
  const named = environment['TONEARM_CHROMIUM'] ?? ''
  if (named !== '') return isProgram(named) ? named : undefined
  const folders = (environment['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
  return folders.map((folder) => join(folder, 'chromium')).find(isProgram)
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return statSync(file).isFile()
  } catch {
    return false
  }
}
