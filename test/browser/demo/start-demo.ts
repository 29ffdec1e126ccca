/**
 * The demo, smaller, for all tests in the browser: one program, which starts with the run of the tests and ends with it.
 * The tests wait for it (`open-demo.ts`) where they need it, so that others run meanwhile.
 * @module
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, mkdtempSync, openSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { startOf } from '../../support/bundled-programs.ts'
import { findChromium } from '../../support/chromium.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The file that holds what the demo says. */
    readonly demoOutput: string
  }
}

/** Enough for charts of the world, some countries, genres and a scene, week after week. */
const SIZE = ['--djs', '130', '--weeks', '3']

/** Called by vitest before the first test of the project `browser`; what it gives back, after the last one. */
export async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  if (findChromium() === undefined) return undefined
  const folder = mkdtempSync(join(tmpdir(), 'tonearm-browser-'))
  const demoOutput = join(folder, 'output')
  const output = openSync(demoOutput, 'w')
  const { PATH = '', HOME = '', TMPDIR } = process.env
  const demo = spawn(process.execPath, [...startOf('services/standalone/demo/main.ts'), ...SIZE], {
    cwd: project.config.root,
    env: { PATH, HOME, PORT: '0', ...(TMPDIR === undefined ? {} : { TMPDIR }) },
    stdio: ['ignore', output, output],
  })
  closeSync(output)
  const end = once(demo, 'close')
  project.provide('demoOutput', demoOutput)
  return async () => {
    demo.kill('SIGTERM')
    await end
    rmSync(folder, { recursive: true, force: true })
  }
}
