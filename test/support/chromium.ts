import { findProgram, isProgram } from './find-program.ts'

/**
 * The Chromium that tests open pages in: the file that `TONEARM_CHROMIUM` names, or `chromium` on the `PATH`, as Debian
 * installs it. `undefined` where there is none that can be run.
 */
export function findChromium(environment: NodeJS.ProcessEnv = process.env): string | undefined {
  const named = environment['TONEARM_CHROMIUM'] ?? ''
  if (named !== '') return isProgram(named) ? named : undefined
  return findProgram('chromium', environment['PATH'] ?? '')
}
