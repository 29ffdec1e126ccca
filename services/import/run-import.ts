/**
 * The whole of `npm run import`: read the files one by one, leave out what the server has, send the rest.
 * @module
 */

import { createKnownSessions } from '#rules/known-sessions.ts'
import { readCommandLine, usage } from './command-line.ts'
import { describeFile, describeProblems, isRefusal } from './describe-file.ts'
import { findFiles } from './find-files.ts'
import type { ImportDependencies } from './import-dependencies.ts'
import type { LineStream } from './progress.ts'
import { createFileReader, type FileReader } from './read-files.ts'
import { createTally, type Tally } from './tally.ts'
import { uploadFiles } from './upload-files.ts'

/** @returns exit status: 0 all well, 1 something was refused or failed, 2 misuse */
export async function runImport(argv: readonly string[], deps: ImportDependencies): Promise<number> {
  const { stdout, stderr } = deps
  const commandLine = readCommandLine(argv)
  if (commandLine.kind === 'help') stdout.write(usage)
  if (commandLine.kind === 'misuse') stderr.write(`${commandLine.message}\n\n${usage}`)
  if (commandLine.kind !== 'import') return commandLine.kind === 'help' ? 0 : 2

  const { options } = commandLine
  const tally = createTally()
  const refuse = (path: string, code: string) => {
    tally.refuse(code)
    stderr.write(`${path}: refused: ${code}\n`)
  }
  const files = await findFiles(options.paths)
  const reader = createFileReader(files.histories)
  for (const path of files.unreadable) refuse(path, 'unreadable-file')
  for (const path of files.histories) {
    const { reason, problems } = await reader.checkHistory(path)
    if (reason !== undefined) refuse(path, reason)
    else if (problems.length > 0) stderr.write(`${path}: ${describeProblems(problems)}\n`)
  }
  if (files.sessions.length === 0) stderr.write('There is no session file in what was given.\n')

  if (options.isDryRun) await reportFiles(files.sessions, reader, tally, stdout)
  else await uploadFiles(files.sessions, reader, tally, options, deps)
  stdout.write(`${tally.line(options.isDryRun)}\n`)
  return tally.isClean() ? 0 : 1
}

/** A dry run: what each file holds. Nothing is sent to the server, and nothing asked of it. */
async function reportFiles(paths: readonly string[], reader: FileReader, tally: Tally, stdout: LineStream) {
  const known = createKnownSessions()
  for (const path of paths) {
    const outcome = await reader.readSession(path)
    stdout.write(`${describeFile(outcome)}\n`)
    if (outcome.kind === 'none') {
      if (isRefusal(outcome.reason)) tally.refuse(outcome.reason)
      else tally.skip(outcome.reason)
      continue
    }
    const plan = known.plan(outcome.upload, outcome.fileHistoryId, false)
    if (plan.kind === 'skip') tally.skip(plan.reason)
    else {
      known.rememberSent(plan.upload)
      tally.sent(plan.upload.tracks.length)
    }
  }
}
