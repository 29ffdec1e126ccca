import type { KnownLog } from '#platform/store/known-log.ts'

/** What a store knows of the first log that it is filled from: one partition, and the first epoch. */
export const firstLog: KnownLog = { id: 'first', partitions: 1, epochs: [{ epoch: 1, since: [0] }] }
