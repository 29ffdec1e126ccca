/**
 * `npm run -s identify`: NDJSON of tags on standard input, NDJSON of track ids on standard output, one line for one, in
 * the same order. Ends with 1 where a line was bad, with 2 where nothing could be answered.
 * @module
 */
import { once } from 'node:events'
import { identifyLines, TooManyLinesError } from './identify-lines.ts'

/** Characters written at once. */
const OUTPUT_CHARS = 65_536

async function main(): Promise<void> {
  let output = ''
  const lines = identifyLines(process.stdin, ({ line, problem }) => {
    console.error(`Line ${line}: ${problem}.`)
    process.exitCode = 1
  })
  for await (const line of lines) {
    output += line
    if (output.length < OUTPUT_CHARS) continue
    if (!process.stdout.write(output)) await once(process.stdout, 'drain')
    output = ''
  }
  process.stdout.write(output)
}

// A reader that closes early, such as `head`, has what it wanted.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : 2)
})

main().catch((error: unknown) => {
  console.error(error instanceof TooManyLinesError ? error.message : error)
  process.exitCode = 2
})
