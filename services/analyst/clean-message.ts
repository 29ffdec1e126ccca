/**
 * What analysts read of an error of the engine: what is wrong with their statement, and nothing of the machine.
 * @module
 */
import { type ClickhouseException, ClickhouseException as Exception } from '#platform/clickhouse-http/exception.ts'
import { VIEWS_OF_SYSTEM } from './analysts-database.ts'

const MESSAGE_LENGTH_MAX = 4_000

/** Folders and files; three parts at least, for a division looks like two. */
const path = /(?<![\w.])\/(?:[\w.@+-]+\/){1,}[\w.@+-]*/g
/** Stack traces, and positions in the engine's sources. */
const trace = /(, )?Stack trace:[\s\S]*$/i

export function cleanException(exception: ClickhouseException): ClickhouseException {
  const { code, type, message, status } = exception
  const cleaned = message
    .replace(trace, '')
    .replaceAll(path, '…')
    .replaceAll(`${VIEWS_OF_SYSTEM}.`, 'system.')
    // The same twice over, as an error of an inner call is wrapped.
    .replace(/^(?:Code: \d+\. DB::Exception: )+/, '')
  const short = cleaned.length > MESSAGE_LENGTH_MAX ? `${cleaned.slice(0, MESSAGE_LENGTH_MAX)}…` : cleaned
  return new Exception({ code, type }, short, undefined, status)
}
