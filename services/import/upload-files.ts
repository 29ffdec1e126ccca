/**
 * Uploads the sessions of files: consent first where it is given, then what the server does not have.
 * @module
 */

import { createKnownSessions } from '#rules/known-sessions.ts'
import type { ImportOptions } from './command-line.ts'
import { describeFile, isRefusal } from './describe-file.ts'
import type { ImportDependencies } from './import-dependencies.ts'
import { createProgress } from './progress.ts'
import type { FileReader } from './read-files.ts'
import { CallFailed, createServerClient } from './server-client.ts'
import type { Tally } from './tally.ts'
import { createUploadQueue } from './upload-queue.ts'

/** Shown with `--charts`; the server keeps its version with the choice, so a new text is a new version. */
const consent = {
  version: 'import-1',
  text:
    'Consent to charts (text import-1): plays of your sessions, private ones too, are counted in public charts. ' +
    'Charts name no DJ and show only what enough DJs played. You can withdraw this in your profile at any time.',
}

/** Ends early where going on makes no sense (the server is gone, the token is refused); the tally says so. */
export async function uploadFiles(
  paths: readonly string[],
  reader: FileReader,
  tally: Tally,
  options: ImportOptions,
  deps: ImportDependencies,
): Promise<void> {
  const { server, token = '' } = options
  const { stderr } = deps
  if (isPlainHttpElsewhere(server)) {
    stderr.write('Warning: over http the token and the sessions can be read on their way; use https.\n')
  }
  if (options.consentsToCharts) stderr.write(`${consent.text}\n`)

  const progress = createProgress(stderr, paths.length)
  const client = createServerClient({
    ...deps,
    server,
    token,
    onPause: progress.pause,
  })
  const known = createKnownSessions()
  const queue = createUploadQueue({
    client,
    onSent: ({ upload }) => tally.sent(upload.tracks.length),
    onRefused: ({ path }, code, detail) => {
      tally.refuse(code)
      progress.notice(`${path}: refused: ${code} (${detail})`)
    },
    onWarnings: tally.warned,
  })

  let done = 0
  try {
    if (options.consentsToCharts && !(await isThere(() => client.consentToCharts(consent.version)))) {
      progress.notice('The server keeps no profile yet: the consent was not given.')
    }
    await isThere(async () => {
      for await (const session of client.listSessions()) known.remember(session)
    })
    for (const path of paths) {
      const outcome = await reader.readSession(path)
      const line = describeFile(outcome)
      if (outcome.kind === 'none') {
        if (isRefusal(outcome.reason)) tally.refuse(outcome.reason)
        else tally.skip(outcome.reason)
      } else {
        const plan = known.plan(outcome.upload, outcome.fileHistoryId, options.makesPublic)
        if (plan.kind === 'skip') tally.skip(plan.reason)
        else {
          await queue.add({ path, upload: plan.upload })
          known.rememberSent(plan.upload)
        }
      }
      const isWorthReading =
        outcome.kind === 'none' ? isRefusal(outcome.reason) : outcome.problems.some(({ kind }) => kind === 'damage')
      progress.fileDone(line, isWorthReading)
      done += 1
    }
    await queue.flush()
  } catch (error) {
    if (!(error instanceof CallFailed)) throw error
    progress.notice(`Stopped: ${error.message} (${error.code}). To run it again goes on where this ended.`)
    tally.stop(error.code, paths.length - done)
  } finally {
    progress.stop()
  }
}

/** An older server lacks some endpoints and answers 404; all the rest works without them. */
async function isThere(call: () => Promise<void>): Promise<boolean> {
  try {
    await call()
    return true
  } catch (error) {
    if (error instanceof CallFailed && error.status === 404) return false
    throw error
  }
}

function isPlainHttpElsewhere(server: URL): boolean {
  return server.protocol === 'http:' && !/^(localhost|127(\.\d+){3}|\[::1\])$/.test(server.hostname)
}
