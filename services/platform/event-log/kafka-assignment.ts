/**
 * The partitions that a member was given, until the group shares them anew, and how far it has come in each.
 *
 * kafkajs reads from where the group has come to as soon as it has joined. Here every partition is held first, until it is
 * known where to begin; and each batch is compared with where the one before ended, so that no gap passes unseen.
 * @module
 */
import type { Consumer } from 'kafkajs'
import type { ConsumeOptions, LogRecord } from './event-log.ts'
import type { Membership } from './kafka-membership.ts'
import type { StartOffset } from './kafka-start-offsets.ts'

export interface Assignment {
  readonly membership: Membership
  /** Whether it is known where to begin; false where that failed, so that nothing may be handed over. */
  readonly isReady: Promise<boolean>
  /**
   * What of a batch comes next: what was handed over already is left out. Nothing where the batch begins too far on; it is
   * then asked for once more, and only if that is so again, the log has deleted what lies between.
   */
  next(partition: number, records: readonly LogRecord[]): readonly LogRecord[]
  /** The group has everything before this offset behind it. */
  advance(partition: number, offset: number): void
}

export interface AssignmentOptions {
  readonly consumer: Pick<Consumer, 'seek' | 'pause' | 'resume'>
  readonly topic: string
  readonly membership: Membership
  readonly starts: Promise<ReadonlyMap<number, StartOffset>>
  readonly onMissing: ConsumeOptions['onMissing']
  /** Told where it cannot be known where to begin. */
  readonly onFailure: (error: unknown) => void
}

/** To be made in the turn in which the group was joined: the first batch is asked for in the next. */
export function createAssignment(options: AssignmentOptions): Assignment {
  const { consumer, topic, membership, starts, onMissing, onFailure } = options
  const offsets = new Map<number, number>()
  const askedAgain = new Set<number>()
  consumer.pause([{ topic }])
  return {
    membership,
    isReady: starts.then(begin).then(
      () => true,
      (error: unknown) => {
        onFailure(error)
        return false
      },
    ),

    next(partition, records) {
      const expected = offsets.get(partition)
      if (expected === undefined) return []
      const coming = records.filter(({ offset }) => offset >= expected)
      const [first] = coming
      if (first !== undefined && first.offset > expected) {
        if (!askedAgain.has(partition)) {
          askedAgain.add(partition)
          seek(partition, expected)
          return []
        }
        onMissing?.(partition, expected, first.offset)
      }
      askedAgain.delete(partition)
      return coming
    },

    advance: (partition, offset) => void offsets.set(partition, offset),
  }

  function begin(found: ReadonlyMap<number, StartOffset>): void {
    // The group has shared its partitions anew meanwhile: another assignment says where to begin.
    if (membership.lost.aborted) return
    for (const [partition, { offset, missingFrom }] of found) {
      if (missingFrom !== undefined) onMissing?.(partition, missingFrom, offset)
      offsets.set(partition, offset)
      seek(partition, offset)
    }
    consumer.resume([{ topic }])
  }

  function seek(partition: number, offset: number): void {
    consumer.seek({ topic, partition, offset: `${offset}` })
  }
}
