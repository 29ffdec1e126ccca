/**
 * Reads what a DJ chooses for a session.
 * @module
 */

import { Compile } from 'typebox/compile'
import { HttpProblem } from '#platform/http/problem.ts'
import { type FieldError, SessionPatch } from '#schemas/records/session.ts'
import { isObject } from './examine-session.ts'
import { isUsableText } from './text.ts'

const sessionPatch = Compile(SessionPatch)
const choices = Object.entries({
  name: 'must be null or a text of at most 1,000 characters, without NUL and halves of surrogate pairs',
  visibility: 'must be one of private, public',
  contributeToCharts: 'must be true or false',
} satisfies Record<keyof SessionPatch, string>)

/** The choices in a body, without members that are none. Throws the problem `invalid-choice`. */
export function readChoices(body: unknown): SessionPatch {
  if (!isObject(body)) throw invalidChoice([{ path: '', message: 'must be an object' }])
  const chosen = Object.fromEntries(
    choices.flatMap(([name]) => (body[name] === undefined ? [] : [[name, body[name]] as const])),
  )
  const errors = choices
    .filter(([name]) => chosen[name] !== undefined && !isChoice({ [name]: chosen[name] }))
    .map(([name, message]) => ({ path: `/${name}`, message }))
  if (errors.length > 0 || !isChoice(chosen)) throw invalidChoice(errors)
  return chosen
}

function isChoice(value: Record<string, unknown>): value is SessionPatch {
  return sessionPatch.Check(value) && (typeof value.name !== 'string' || isUsableText(value.name))
}

function invalidChoice(errors: FieldError[]): HttpProblem {
  return new HttpProblem('invalid-choice', { errors })
}
