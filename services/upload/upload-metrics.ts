/**
 * What upload counts for `/metrics`.
 * @module
 */
import { Counter, type Registry } from 'prom-client'
import type { UploadMetrics } from './routes.ts'

export function createUploadMetrics(registry: Registry): UploadMetrics {
  const registers = [registry]
  const accepted = new Counter({ name: 'tonearm_upload_accepted_total', help: 'Sessions accepted', registers })
  const rejected = new Counter({
    name: 'tonearm_upload_rejected_total',
    help: 'Sessions rejected, by code',
    labelNames: ['code'],
    registers,
  })
  return { accepted: (sessions) => accepted.inc(sessions), rejected: (code) => rejected.inc({ code }) }
}
