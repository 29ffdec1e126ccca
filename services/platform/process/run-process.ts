/**
 * The life of a process: arguments, settings, log lines, signals, and an end in order.
 * @module
 */
import { parseArgs } from 'node:util'
import pino, { type Logger } from 'pino'
import type { ReadConfig } from '../config/read-config.ts'
import { TonearmError } from '../errors/tonearm-error.ts'
import { createLogger } from '../logging/create-logger.ts'

/** After this long an orderly end is given up: nothing is lost by it, for the log has all that was accepted. */
const DRAIN_MS_MAX = 9_000

/** What runs in a process. */
export interface Running {
  /** Where it serves: `http://127.0.0.1:8080`. */
  readonly address: string
  /** Rejects when it is of no use any more; resolves when it has ended. */
  readonly ended: Promise<void>
  /** Ends it in order: no new requests, what is in hand stored, files and connections closed. */
  close(): Promise<void>
}

export interface ProcessOptions<Config> {
  /** What stands before the address in the one line on standard output: `Tonearm`. */
  readonly title: string
  /** Throws `config-invalid` in one line that names the setting. */
  readonly readConfig: (
    environment: NodeJS.ProcessEnv,
  ) => Pick<ReadConfig<never>, 'report'> & { readonly config: Config }
  readonly start: (
    config: Config,
    options: { readonly logger: Logger; readonly acceptNewLog: boolean },
  ) => Promise<Running>
}

/** Runs it; the process ends by a signal, with status 1 where it cannot start or breaks. */
export function runProcess<Config extends { readonly LOG_LEVEL: string }>(options: ProcessOptions<Config>): void {
  run(options).catch((cause: unknown) => {
    console.error(cause instanceof TonearmError ? `${cause.code}: ${cause.message}` : cause)
    process.exit(1)
  })
}

async function run<Config extends { readonly LOG_LEVEL: string }>(options: ProcessOptions<Config>): Promise<void> {
  const values = readArguments()
  const { config, report } = options.readConfig(process.env)
  if (values['check-config'] === true) {
    for (const { name, value, source } of report) console.log(`${name}=${value ?? ''} (${source})`)
    return
  }
  // Log lines go to standard error, so that standard output holds what people read.
  const logger = createLogger({ level: config.LOG_LEVEL, destination: pino.destination(2) })
  const running = await options.start(config, { logger, acceptNewLog: values['accept-new-log'] === true })

  const end = (status: number) => {
    setTimeout(() => {
      logger.warn('the end took too long: not everything was closed')
      // Leaving in order would wait for the statement that the engine is in. Nothing is lost by not waiting.
      process.kill(process.pid, 'SIGKILL')
    }, DRAIN_MS_MAX).unref()
    running.close().then(
      () => process.exit(status),
      () => process.exit(1),
    )
  }
  // By itself Node.js would print the message of the error, which may quote what was being worked on.
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.once(event, (cause: unknown) => {
      logger.fatal({ error: cause }, 'a defect ends the process')
      end(1)
    })
  }
  process.once('SIGTERM', () => end(0))
  process.once('SIGINT', () => end(0))
  running.ended.catch((cause: unknown) => {
    logger.fatal({ code: cause instanceof TonearmError ? cause.code : 'defect', error: cause }, 'the service broke')
    // Our own messages hold no data, and tell what to do.
    if (cause instanceof TonearmError) console.error(`${cause.code}: ${cause.message}`)
    end(1)
  })
  console.log(`${options.title} serves at ${running.address}`)
}

/** Throws `config-invalid` in one line that names the argument. */
function readArguments() {
  try {
    const options = { 'check-config': { type: 'boolean' }, 'accept-new-log': { type: 'boolean' } } as const
    return parseArgs({ options }).values
  } catch (cause) {
    throw new TonearmError('config-invalid', cause instanceof Error ? cause.message : 'unusable arguments', cause)
  }
}
