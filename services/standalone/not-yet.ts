/**
 * What a command answers that this version does not have yet: one line, and a status that no script takes for success.
 * @module
 */

/** Commands of the contract that later versions will have. */
const commands: Readonly<Record<string, string>> = {
  sql: 'npm run sql',
  service: 'npm run service',
}

const name = process.argv[2] ?? ''
process.stderr.write(`${commands[name] ?? 'This command'}: not there yet in this version of Tonearm.\n`)
process.exitCode = 1
