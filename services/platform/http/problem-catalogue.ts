/**
 * Every problem that an answer can have: its code, status and words. Each has a page at `/problems/CODE`.
 * @module
 */

export interface ProblemKind {
  readonly status: number
  readonly title: string
  /** What it means and what to do about it, for the page. */
  readonly explanation: string
}

export const problemCatalogue = {
  'unreadable-body': {
    status: 400,
    title: 'The body cannot be read',
    explanation: 'The body is not the JSON, NDJSON or gzip that its headers say. Check the encoding and send it again.',
  },
  'invalid-request': {
    status: 400,
    title: 'The request is not valid',
    explanation: 'A parameter or a header has a value that is not understood; `errors` names it.',
  },
  unauthorized: {
    status: 401,
    title: 'A valid token is needed',
    explanation: 'Send `Authorization: Bearer TOKEN` with a token that has not expired.',
  },
  forbidden: {
    status: 403,
    title: 'The token does not allow this',
    explanation: 'The token lacks the scope that this call needs.',
  },
  'form-refused': {
    status: 403,
    title: 'The form was not taken',
    explanation:
      'It did not come from a page of this service, or you have signed in anew since the page was shown. Nothing was changed; load the page again and send it once more.',
  },
  'under-age': {
    status: 403,
    title: 'Under 16',
    explanation:
      'Tonearm is for people of 16 and older. Nothing of the request was kept, and what was held on the account is erased.',
  },
  'account-erased': {
    status: 403,
    title: 'The account was erased',
    explanation:
      'It takes no sessions until its DJ begins anew, by changing the profile (`PATCH /v1/me/profile`). Nothing was kept.',
  },
  'account-blocked': {
    status: 403,
    title: 'The account is blocked',
    explanation: 'Those who run the service have blocked it, and take no sessions of it until they lift the block.',
  },
  'not-found': {
    status: 404,
    title: 'There is nothing here',
    explanation: 'It does not exist, or it is not public, or too few DJs stand behind it. All three answer alike.',
  },
  'method-not-allowed': {
    status: 405,
    title: 'The method is not allowed',
    explanation: 'This address exists, but not for this method; `Allow` names those it has.',
  },
  'ambiguous-id': {
    status: 409,
    title: 'More than one session has this id',
    explanation: 'Ids start anew on each computer. Name the session by its key, which every list of sessions tells.',
  },
  'body-too-large': {
    status: 413,
    title: 'The body is too large',
    explanation:
      'A request may have 32 MiB after decompression and 1,000 sessions. Nothing of it was taken; send it in parts.',
  },
  'unsupported-media-type': {
    status: 415,
    title: 'The media type is not understood',
    explanation: 'Send `application/json` or `application/x-ndjson`, plain or with `Content-Encoding: gzip`.',
  },
  'nothing-accepted': {
    status: 422,
    title: 'None of the sessions was accepted',
    explanation: '`rejected` says for each session why, and where.',
  },
  'invalid-profile': {
    status: 422,
    title: 'The profile would not be valid',
    explanation: '`errors` names the members and what would be right.',
  },
  'invalid-choice': {
    status: 422,
    title: 'The choice is not valid',
    explanation: '`errors` names the members and what would be right.',
  },
  'invalid-merge': {
    status: 422,
    title: 'The merge is not valid',
    explanation: '`errors` says what is wrong: no id of a track, the track itself, or tracks merged in a circle.',
  },
  'too-many-requests': {
    status: 429,
    title: 'Too many requests',
    explanation: 'Wait for as many seconds as `Retry-After` says.',
  },
  internal: {
    status: 500,
    title: 'Something went wrong here',
    explanation: 'It is our fault, and it is in our log under the request id. Sending the request again is safe.',
  },
  overloaded: {
    status: 503,
    title: 'There is too much in hand',
    explanation:
      'As many uploads or exports are being worked on as fit into memory. Nothing of this one was taken; send it again.',
  },
  'identity-provider-unavailable': {
    status: 503,
    title: 'The identity provider is out of reach',
    explanation:
      'Whether the token is valid cannot be told without the keys of its issuer. Nothing was done; try again after ' +
      '`Retry-After` seconds.',
  },
  'log-unavailable': {
    status: 503,
    title: 'The event log is out of reach',
    explanation: 'What became of the request is unknown. Send it again after `Retry-After` seconds; that is safe.',
  },
  'store-unavailable': {
    status: 503,
    title: 'The store is out of reach',
    explanation: 'Try again after `Retry-After` seconds.',
  },
} as const satisfies Record<string, ProblemKind>

export type ProblemCode = keyof typeof problemCatalogue
