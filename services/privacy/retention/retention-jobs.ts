/**
 * What keeps each retention rule of the labels: a job by the clock, an erasure, the build of the charts, or a rotation.
 * @module
 */
import type { RetentionRuleName } from '#schemas/privacy/labels.ts'
import {
  expireAuditTrail,
  expireEditors,
  expireReceipts,
  expireSuppression,
  type RecordLimits,
} from './expire-records.ts'

/** `expire-sessions` and the functions run by `RETENTION_CRON`. */
export type RetentionJob =
  | 'expire-sessions'
  | 'erasure'
  | 'build'
  | 'rotation'
  | 'its-row'
  | ((records: RecordLimits) => Promise<void>)

/** A rule without a job is an error of the types, a table that none of them reaches one of the tests. */
export const retentionJobs = {
  session: 'expire-sessions',
  account: 'erasure',
  build: 'build',
  rotation: 'rotation',
  suppression: expireSuppression,
  receipt: expireReceipts,
  audit: expireAuditTrail,
  decision: expireEditors,
  'as-its-row': 'its-row',
} as const satisfies Record<RetentionRuleName, RetentionJob>
