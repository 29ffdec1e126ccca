import { Counter, Histogram, type Registry } from 'prom-client'
import type { EventLog } from './event-log.ts'

/** The same log, which counts for `/metrics` how long it takes to confirm what is appended, and how often it does not. */
export function measureAppends(log: EventLog, registry: Registry): EventLog {
  const registers = [registry]
  const seconds = new Histogram({
    name: 'tonearm_log_append_seconds',
    help: 'Time until the event log has confirmed the events of a request',
    buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10],
    registers,
  })
  const failures = new Counter({
    name: 'tonearm_log_append_failures_total',
    help: 'Requests whose events the event log did not confirm',
    registers,
  })
  return {
    ...log,
    async append(events) {
      const end = seconds.startTimer()
      try {
        const positions = await log.append(events)
        end()
        return positions
      } catch (cause) {
        failures.inc()
        throw cause
      }
    },
  }
}
