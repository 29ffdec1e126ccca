/**
 * An event that holds → the rows that it makes.
 * @module
 */
import { type Outcome, ok } from './outcome.ts'
import { settleAccountBlock } from './settle-account-block.ts'
import { settleAccountErased } from './settle-account-erased.ts'
import { settleProfileChange } from './settle-profile-change.ts'
import { settleSessionChoices } from './settle-session-choices.ts'
import { settleSessionDelete } from './settle-session-delete.ts'
import { settleSessionPut } from './settle-session-put.ts'
import type { FoundEvent, StepContext } from './step-context.ts'

export function settle(found: FoundEvent, context: StepContext): Outcome<void> {
  switch (found.type) {
    case 'session-put':
      return ok(settleSessionPut(found.event, found.version, found.known, context))
    case 'session-choices':
      return ok(settleSessionChoices(found.event, found.version, found.known, context))
    case 'session-delete':
      return ok(settleSessionDelete(found.event, found.version, found.known, context))
    case 'profile-change':
      return ok(settleProfileChange(found.event, found.version, context))
    case 'account-erased':
      return ok(settleAccountErased(found.event, found.version, context))
    case 'account-block':
      return ok(settleAccountBlock(found.event, found.version, context))
  }
}
