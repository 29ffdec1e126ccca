/**
 * What a log line may say of an error: never its message or its fields, which may quote what was being worked on.
 * @module
 */
import { TonearmError } from '../errors/tonearm-error.ts'

const FRAMES_MAX = 8
const CAUSES_MAX = 4
const DETAIL_LENGTH_MAX = 300
const NAME = /^[A-Za-z][\w-]{0,63}$/

/** A place in a file; a line of a message that only begins like one ends otherwise. */
const FRAME = /^ {4}at (?:[\w$.<>#[\] ]{1,100} \(|async )?(?:file:\/\/|node:|\/)[^()]{1,300}:\d+:\d+\)?$/

/** Name, code, places of the stack, and the same of its causes. Of our own errors the message too: it holds no data. */
export function describeError(error: unknown, causesMax = CAUSES_MAX): object {
  if (!(error instanceof Error)) return { name: typeof error }
  const code = 'code' in error ? String(error.code) : ''
  const frames = framesOf(error)
  return {
    name: NAME.test(error.name) ? error.name : 'Error',
    ...(NAME.test(code) ? { code } : {}),
    ...(error instanceof TonearmError ? { detail: error.message.slice(0, DETAIL_LENGTH_MAX) } : {}),
    ...(frames.length > 0 ? { frames } : {}),
    ...(error.cause === undefined || causesMax === 0 ? {} : { cause: describeError(error.cause, causesMax - 1) }),
  }
}

/** The message stands in the stack, above its places, and may have lines of its own. */
function framesOf({ stack = '', message }: Error): string[] {
  const places =
    message !== '' && stack.includes(message) ? stack.slice(stack.indexOf(message) + message.length) : stack
  return places
    .split('\n')
    .filter((line) => FRAME.test(line))
    .slice(0, FRAMES_MAX)
}
