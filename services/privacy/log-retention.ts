/**
 * Trims the event log: an event goes when it is older than the setting and ingest has it behind it.
 * @module
 */
import type { FastifyBaseLogger } from 'fastify'
import type { EventLog } from '#platform/event-log/event-log.ts'

const INTERVAL_MS = 10 * 60_000

/** Trims now and every ten minutes; returns what ends it. */
export function startLogRetention(options: {
  readonly log: EventLog
  readonly retentionHours: number
  readonly clock: () => number
  readonly logger: FastifyBaseLogger
}): () => void {
  const { log, retentionHours, clock, logger } = options
  const trim = () => {
    log.trim(clock() - retentionHours * 3_600_000).then(
      (events) => {
        if (events > 0) logger.info({ events }, 'event log trimmed')
      },
      () => logger.warn('the event log could not be trimmed'),
    )
  }
  trim()
  const timer = setInterval(trim, INTERVAL_MS)
  timer.unref()
  return () => clearInterval(timer)
}
