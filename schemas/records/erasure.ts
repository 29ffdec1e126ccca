/**
 * The receipt of an erasure and how far it has come.
 * @module
 */
import Type, { type Static } from 'typebox'
import { Time } from './text.ts'

const Receipt = Type.String({ description: 'The receipt: who has it can read the status' })
const TimeOrNull = (description: string) => Type.Union([Time(description), Type.Null()])

export const ErasureReceipt = Type.Object({
  receipt: Receipt,
  status: Type.String({ description: 'Path of the status' }),
})

export const ErasureStatus = Type.Object({
  receipt: Receipt,
  state: Type.Enum(['accepted', 'erased', 'complete'], {
    description:
      'accepted: asked for; erased: no row of it is left, and no part on disk; complete: the charts are made without it',
  }),
  acceptedAt: Time('When it was asked for'),
  erasedAt: TimeOrNull('When no row and no part on disk was left'),
  completedAt: TimeOrNull('When the last chart was made without it'),
  rowsLeft: Type.Record(Type.String(), Type.Integer(), {
    description: 'Rows of the account by table, counted afterwards',
  }),
  chartsRebuilt: Type.Array(Type.String(), {
    description: 'Charts that it had a part in and that are made without it',
  }),
  logExpiresAt: TimeOrNull('When the event log holds nothing of it any more'),
})
export type ErasureStatus = Static<typeof ErasureStatus>
