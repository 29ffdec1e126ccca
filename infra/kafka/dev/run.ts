import { spawn } from 'node:child_process'

/** Of what a program says, the end, which tells why it ended. */
const OUTPUT_CHARACTERS_MAX = 4_000

/** Runs a program to its end, with what it said at last. Rejects where it cannot be started. */
export async function run(
  program: string,
  args: readonly string[],
): Promise<{ readonly status: number | null; readonly output: string }> {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  const keep = (text: string) => {
    output = (output + text).slice(-OUTPUT_CHARACTERS_MAX)
  }
  child.stdout.setEncoding('utf8').on('data', keep)
  child.stderr.setEncoding('utf8').on('data', keep)
  return await new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (status) => resolve({ status, output: output.trim() }))
  })
}
