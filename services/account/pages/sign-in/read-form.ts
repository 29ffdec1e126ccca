/**
 * Forms of the pages: read within a limit, and taken only from the pages themselves. A page of another site can make a
 * browser send a form with its cookies; it cannot know the secret in ours, and the browser tells where a form came from.
 *
 * Sources: OWASP, Cross-Site Request Forgery Prevention; the Fetch standard (`Origin`); Fetch Metadata (`Sec-Fetch-Site`).
 * @module
 */
import { timingSafeEqual } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { HttpProblem } from '#platform/http/problem.ts'
import type { PageOrigin } from './page-origin.ts'
import type { PageSession } from './page-sessions.ts'

const FORM_BYTES_MAX = 64 * 1024

/** Name of the field with the secret. */
export const FORM_SECRET = 'form'

/** A form's fields; of several of one name, `getAll` has all. */
export type Form = URLSearchParams

/** Makes the server read forms, and nothing else. */
export function readForms(server: FastifyInstance): void {
  server.removeAllContentTypeParsers()
  server.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: FORM_BYTES_MAX },
    async (_request: FastifyRequest, body: string) => new URLSearchParams(body),
  )
}

/** A form that came from a page of ours, without a session. Throws the problem `form-refused`. */
export function formOf(request: FastifyRequest, origin: PageOrigin): Form {
  const { body } = request
  if (!(body instanceof URLSearchParams) || !isFromHere(request, origin)) throw new HttpProblem('form-refused')
  return body
}

/** A form of this very session. Throws the problem `form-refused`. */
export function sessionFormOf(request: FastifyRequest, origin: PageOrigin, session: PageSession): Form {
  const form = formOf(request, origin)
  if (!isSame(form.get(FORM_SECRET) ?? '', session.formSecret)) throw new HttpProblem('form-refused')
  return form
}

/** Browsers send at least one of the two with every form; what one of them says otherwise refuses it. */
function isFromHere({ headers }: FastifyRequest, { origin }: PageOrigin): boolean {
  const site = headers['sec-fetch-site']
  if (headers.origin === undefined && site === undefined) return false
  return (headers.origin ?? origin) === origin && (site ?? 'same-origin') === 'same-origin'
}

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)]
  return a.length === b.length && timingSafeEqual(a, b)
}
