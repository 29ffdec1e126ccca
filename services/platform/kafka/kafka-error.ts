/**
 * What an error of kafkajs means. Its message is not passed on: it names addresses of brokers.
 * @module
 */
import { type ErrorCode, TonearmError } from '../errors/tonearm-error.ts'

const CAUSES_MAX = 8

/** The name that the protocol has for it (`UNKNOWN_MEMBER_ID`), also where kafkajs wrapped it; `undefined` for another error. */
export function kafkaErrorType(error: unknown): string | undefined {
  return findInCauses(error, (one) => ('type' in one && typeof one.type === 'string' ? one.type : undefined))
}

/** Whether the brokers were not reached, or did not answer: nothing is known but that, and trying again may help. */
export function isConnectionTrouble(error: unknown): boolean {
  return (
    findInCauses(error, (one) =>
      /^KafkaJS(Connection|RequestTimeout|LockTimeout|BrokerNotFound)/.test(one.name) ? true : undefined,
    ) ?? false
  )
}

/** Whether the same may go well later, as kafkajs has it for what the brokers say. */
export function isPassing(error: unknown): boolean {
  return findInCauses(error, (one) => ('retriable' in one && one.retriable === true ? true : undefined)) ?? false
}

/** An error of the catalogue in place of one of kafkajs; one of the catalogue stays. */
export function asUnavailable(code: ErrorCode, what: string, error: unknown): TonearmError {
  if (error instanceof TonearmError) return error
  return new TonearmError(code, `${what} (${kafkaErrorType(error) ?? nameOf(error)})`, error)
}

/** The innermost error has the most telling name: the outer ones count retries. */
function nameOf(error: unknown): string {
  const names: string[] = []
  findInCauses(error, (one) => {
    const code = 'code' in one && typeof one.code === 'string' ? ` ${one.code}` : ''
    names.push(`${one.name}${code}`)
    return undefined
  })
  return names.at(-1) ?? 'no error'
}

function findInCauses<T>(error: unknown, find: (one: Error) => T | undefined): T | undefined {
  for (let one = error, depth = 0; one instanceof Error && depth < CAUSES_MAX; one = one.cause, depth += 1) {
    const found = find(one)
    if (found !== undefined) return found
  }
  return undefined
}
