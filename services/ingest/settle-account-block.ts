/**
 * The account was blocked, or its block was lifted.
 * @module
 */
import type { AccountBlock } from '#schemas/events/account-event.ts'
import { putAccountState } from './account-state-row.ts'
import type { StepContext } from './step-context.ts'

export function settleAccountBlock({ owner, at, block }: AccountBlock, version: bigint, context: StepContext): void {
  putAccountState(context, owner, 'blocked', block, { version, atMs: at })
}
