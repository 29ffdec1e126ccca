/**
 * `npm run demo [-- --djs N --weeks N]`: a service full of what invented DJs played, to look around in. Nothing of it stays.
 * @module
 */
import pino from 'pino'
import { TonearmError } from '#platform/errors/tonearm-error.ts'
import { createLogger } from '#platform/logging/create-logger.ts'
import { readStandaloneConfig } from '../standalone-config.ts'
import { type DemoSize, readCommandLine, usage } from './command-line.ts'
import { createDemoProgress } from './demo-progress.ts'
import { startDemo } from './start-demo.ts'

const SEED = 20_260_213

async function main(size: DemoSize): Promise<void> {
  const environment = { LOG_LEVEL: 'warn', ...process.env }
  const { config } = readStandaloneConfig(environment)
  const logger = createLogger({ level: config.LOG_LEVEL, destination: pino.destination(2) })
  const interrupted = new AbortController()
  const isInterrupted = new Promise((resolve) => interrupted.signal.addEventListener('abort', resolve))
  const interrupt = () => {
    if (interrupted.signal.aborted) return
    // Requests that are under way now fail, and nobody needs to read that.
    logger.level = 'silent'
    interrupted.abort()
    // The engine ends badly amid a statement (exit 139), so a build of charts that is under way is waited for.
    process.stderr.write('Ending.\n')
  }
  process.on('SIGTERM', interrupt)
  process.on('SIGINT', interrupt)

  const startedAtMs = performance.now()
  try {
    const demo = await startDemo({
      environment,
      seed: SEED,
      ...size,
      clock: Date.now,
      logger,
      progress: createDemoProgress(process.stderr),
      signal: interrupted.signal,
    })
    try {
      const seconds = Math.round((performance.now() - startedAtMs) / 1000)
      const { djs, sessions, plays } = demo.uploaded
      console.log(`${djs} DJs, ${sessions} sessions, ${plays} plays, ready in ${seconds} s. Ctrl-C ends it.`)
      console.log(`Charts: ${demo.charts}`)
      console.log('The weeks before are built now; until then every entry looks new.')
      for (const { what, address } of await demo.findInteresting()) console.log(`${what}: ${address}`)
      await Promise.race([demo.ended, isInterrupted])
    } finally {
      await demo.close()
    }
  } catch (cause) {
    if (!interrupted.signal.aborted) throw cause
  }
  process.exit(0)
}

function fail(cause: unknown): void {
  const isInUse = cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE'
  if (isInUse) console.error('The port is in use. PORT=0 npm run demo takes a free one.')
  else console.error(cause instanceof TonearmError ? `${cause.code}: ${cause.message}` : cause)
  process.exit(1)
}

const commandLine = readCommandLine(process.argv.slice(2))
if (commandLine.kind === 'help') process.stdout.write(usage)
else if (commandLine.kind === 'misuse') {
  process.stderr.write(`${commandLine.message}\n\n${usage}`)
  process.exitCode = 2
} else main(commandLine.size).catch(fail)
