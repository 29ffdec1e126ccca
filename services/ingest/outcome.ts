/**
 * What can become of an account event: the closed sets of reasons, each counted in `/metrics`.
 * @module
 */

/** Why an event changes nothing, rightly. */
export const dropReasons = [
  'superseded',
  'no-such-session',
  'session-deleted',
  'erased',
  'account-closed',
  'account-blocked',
] as const
export type DropReason = (typeof dropReasons)[number]

/** Why an event could not be used; it is kept with the reason. */
export const deadLetterReasons = ['unreadable', 'unknown-version', 'unknown-type', 'row-refused', 'defect'] as const
export type DeadLetterReason = (typeof deadLetterReasons)[number]

export type Outcome<T> =
  | { readonly kind: 'ok'; readonly value: T }
  | { readonly kind: 'drop'; readonly reason: DropReason }
  | { readonly kind: 'deadLetter'; readonly reason: DeadLetterReason; readonly detail: string }

export const ok = <T>(value: T): Outcome<T> => ({ kind: 'ok', value })
export const drop = (reason: DropReason): Outcome<never> => ({ kind: 'drop', reason })
export const deadLetter = (reason: DeadLetterReason, detail: string): Outcome<never> => ({
  kind: 'deadLetter',
  reason,
  detail,
})
