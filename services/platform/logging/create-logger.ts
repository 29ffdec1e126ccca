/**
 * The logger of every process: JSON lines that can hold listed fields and messages only (`log-lines.ts`).
 *
 * @example
 * const logger = createLogger({ level: 'info', destination: pino.destination(2) })
 * logger.info({ events: 3, title: 'Low Tide' }, 'event log trimmed') // {"level":30,"time":…,"events":3,"msg":"event log trimmed"}
 * @module
 */
import pino, { type ChildLoggerOptions, type DestinationStream, type Logger } from 'pino'
import { logMessages, pickLogFields, UNLISTED } from './log-lines.ts'

export function createLogger(options: { readonly level: string; readonly destination: DestinationStream }): Logger {
  const logger = pino(
    {
      level: options.level,
      // Neither the name of the host nor anything else of the machine.
      base: null,
      formatters: { log: pickLogFields },
      hooks: {
        logMethod(given: unknown[], log) {
          const [fields, message] = readCall(given)
          // Further arguments would be put into the message, and a missing one be taken from an error.
          log.call(this, fields, message === undefined || logMessages.has(message) ? (message ?? '') : UNLISTED)
        },
      },
    },
    options.destination,
  )
  // Fields of a child go past the formatters, and its options could replace them; children of children inherit this.
  const { child } = logger
  logger.child = function filteredChild(this: Logger, bindings: object, { level }: ChildLoggerOptions = {}) {
    return child.call(this, pickLogFields(bindings), level === undefined ? {} : { level })
  } as typeof child // its type also has levels of one's own, which are left out with all other options
  const { setBindings } = logger
  logger.setBindings = function setFilteredBindings(this: Logger, bindings: object) {
    setBindings.call(this, pickLogFields(bindings))
  }
  return logger
}

/** `log(fields, message)`, `log(error, message)` and `log(message)`. */
function readCall([first, second]: readonly unknown[]): [fields: object, message: string | undefined] {
  const fields = first instanceof Error ? { error: first } : typeof first === 'object' && first !== null ? first : {}
  const message = typeof first === 'string' ? first : second
  return [fields, typeof message === 'string' ? message : undefined]
}
