/**
 * One record of a session file as a play. Of what PRIVACY.md does not name (comments, folders, paths) nothing is read,
 * but for the last part of the path where the file's name is missing.
 * @module
 */

import { TEXT_LENGTH_MAX } from '#schemas/records/limits.ts'
import type { Tags } from '#schemas/records/track-play.ts'
import type { SeratoFields } from './chunks.ts'
import {
  bitRateOf,
  booleanOf,
  doubleOf,
  fileSizeOf,
  lastPartOf,
  sampleRateOf,
  secondsOf,
  textOf,
  unsignedOf,
  yearOf,
} from './field-values.ts'
import { onlyKnown } from './only-known.ts'
import type { NoteCode } from './read-problem.ts'

/** Ids of the fields that are read, after sslscrobbler, seratoparser and files in the wild. */
export const seratoField = {
  row: 1,
  path: 2,
  fileName: 4,
  title: 6,
  artist: 7,
  album: 8,
  genre: 9,
  length: 10,
  fileSize: 11,
  bitRate: 13,
  sampleRate: 14,
  bpm: 15,
  bpmExact: 16,
  remixer: 20,
  label: 21,
  composer: 22,
  year: 23,
  startedAt: 28,
  endedAt: 29,
  deck: 31,
  playedSeconds: 45,
  sessionId: 48,
  played: 50,
  key: 51,
  updatedAt: 53,
} as const

/** One row of a session file. Times are unix seconds. */
export interface SeratoPlay {
  readonly row: number
  readonly offsetBytes: number
  readonly sessionId?: number
  readonly deck?: number
  /** Left out where the file does not say it. */
  readonly played?: boolean
  readonly startedAtSeconds?: number
  readonly endedAtSeconds?: number
  readonly playedSeconds?: number
  readonly updatedAtSeconds?: number
  readonly tags: Tags
}

/** Told of each value that is left out. */
export type Note = (code: NoteCode, detail: string) => void

/** The end of the year 9999: the last time that RFC 3339 can write. */
const TIME_SECONDS_MAX = 253_402_300_799

export function readPlay(row: number, offsetBytes: number, fields: SeratoFields, note: Note): SeratoPlay {
  const number = (name: keyof typeof seratoField, low: number, high: number) =>
    numberIn(fields.get(seratoField[name]), name, low, high, note)
  const time = (name: 'startedAt' | 'endedAt' | 'updatedAt') => {
    const seconds = number(name, 0, TIME_SECONDS_MAX)
    return seconds === 0 ? undefined : seconds
  }

  const startedAtSeconds = time('startedAt')
  let endedAtSeconds = time('endedAt')
  if (startedAtSeconds !== undefined && endedAtSeconds !== undefined && endedAtSeconds < startedAtSeconds) {
    note('end-before-start', 'a play that ends before it starts: the end is left out')
    endedAtSeconds = undefined
  }
  const playedField = fields.get(seratoField.played)
  return onlyKnown({
    row,
    offsetBytes,
    sessionId: number('sessionId', 0, Number.MAX_SAFE_INTEGER),
    deck: number('deck', 0, 64),
    played: playedField === undefined ? undefined : booleanOf(playedField),
    startedAtSeconds,
    endedAtSeconds,
    playedSeconds: number('playedSeconds', 0, 1e9),
    updatedAtSeconds: time('updatedAt'),
    tags: readTags(fields, note),
  })
}

function readTags(fields: SeratoFields, note: Note): Tags {
  const text = (name: keyof typeof seratoField) => textIn(fields.get(seratoField[name]), name, note)
  const figure = (
    name: keyof typeof seratoField,
    parse: (text: string) => number | undefined,
    low: number,
    high: number,
  ) => {
    const written = text(name)
    if (written === undefined) return undefined
    const value = parse(written)
    if (value !== undefined && value >= low && value <= high) return value
    note('value-left-out', `${name}: no sensible value`)
    return undefined
  }

  return onlyKnown({
    title: text('title'),
    artist: text('artist'),
    album: text('album'),
    genre: text('genre'),
    label: text('label'),
    bpm: readBpm(fields, note),
    key: text('key'),
    remixer: text('remixer'),
    composer: text('composer'),
    year: figure('year', yearOf, 1860, 2100),
    bitRate: figure('bitRate', bitRateOf, 1, 100_000),
    sampleRate: figure('sampleRate', sampleRateOf, 1, 10_000_000),
    fileName: readFileName(fields, note),
    fileSize: figure('fileSize', fileSizeOf, 0, Number.MAX_SAFE_INTEGER),
    lengthSeconds: figure('length', secondsOf, 0, 1_000_000),
  })
}

/** The exact figure, or else the rounded one; 0 is how Serato writes that it knows none. */
function readBpm(fields: SeratoFields, note: Note): number | undefined {
  const exact = doubleOf(fields.get(seratoField.bpmExact) ?? new Uint8Array())
  const bpm = exact !== undefined && exact !== 0 ? exact : unsignedOf(fields.get(seratoField.bpm) ?? new Uint8Array())
  if (bpm === undefined || bpm === 0) return undefined
  if (bpm >= 20 && bpm <= 999) return bpm
  note('value-left-out', 'bpm: no sensible value')
  return undefined
}

/** Only the last part, of either field: folders are personal. */
export function readFileName(fields: SeratoFields, note: Note = () => {}): string | undefined {
  for (const id of [seratoField.fileName, seratoField.path]) {
    const name = lastPartOf(textOf(fields.get(id) ?? new Uint8Array()))
    if (name.length > TEXT_LENGTH_MAX) note('text-too-long', 'fileName: more than 1,000 characters')
    else if (name.trim() !== '') return name
  }
  return undefined
}

function textIn(value: Uint8Array | undefined, name: string, note: Note): string | undefined {
  const text = textOf(value ?? new Uint8Array())
  if (text.trim() === '') return undefined
  if (text.length <= TEXT_LENGTH_MAX) return text
  note('text-too-long', `${name}: more than 1,000 characters`)
  return undefined
}

function numberIn(value: Uint8Array | undefined, name: string, low: number, high: number, note: Note) {
  if (value === undefined) return undefined
  const number = unsignedOf(value)
  if (number !== undefined && number >= low && number <= high) return number
  note('value-left-out', `${name}: no sensible value`)
  return undefined
}
