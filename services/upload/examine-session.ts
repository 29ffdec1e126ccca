/**
 * The slow way: goes through a session member by member, to say what rejects it and to leave out what makes no sense.
 * Only sessions that do not pass the compiled check as a whole come here.
 * @module
 */
import type { TProperties, TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { TRACKS_PER_SESSION_MAX } from '#schemas/records/limits.ts'
import { SessionUpload, type UploadWarning } from '#schemas/records/session.ts'
import { TrackPlayUpload } from '#schemas/records/track-play.ts'
import { checkTag, tagNames } from './check-tag.ts'
import { type Fault, rejections, warn } from './outcomes.ts'
import { isUsableText } from './text.ts'
import { readTime } from './time.ts'

interface Member {
  readonly name: string
  readonly required: boolean
  readonly kind: 'time' | 'text' | 'other'
  readonly expected: string
  readonly check: (value: unknown) => boolean
}

type Parts = Record<string, unknown>

const { tracks: _tracks, software, system, ...sessionFrame } = SessionUpload.properties
const { tags: _tags, id3: _id3, ...trackFrame } = TrackPlayUpload.properties
const sessionMembers = members(sessionFrame, SessionUpload.required)
const softwareMembers = members(software.properties, [])
const systemMembers = members(system.properties, [])
const trackMembers = members(trackFrame, TrackPlayUpload.required)

export interface Examination {
  /** The session without what is left out; usable where there are no faults. */
  readonly cleaned: Parts
  readonly faults: readonly Fault[]
  readonly warnings: UploadWarning[]
}

/** Looks at every member. `null` stands for a member that is not there, as many programs write it. */
export function examineSession(session: Parts): Examination {
  const faults: Fault[] = []
  const warnings: UploadWarning[] = []
  const cleaned = examineMembers(session, sessionMembers, '', faults)
  examineOrder(cleaned, cleaned['startedAt'], '', faults)
  for (const [name, parts] of [
    ['software', softwareMembers],
    ['system', systemMembers],
  ] as const) {
    const value = session[name] ?? undefined
    if (value === undefined) continue
    if (isObject(value)) cleaned[name] = examineMembers(value, parts, `/${name}`, faults)
    else faults.push({ code: 'invalid-member', path: `/${name}`, message: 'must be an object' })
  }
  const { tracks } = session
  if (!Array.isArray(tracks)) {
    const missing = tracks === undefined || tracks === null
    faults.push({
      code: missing ? 'missing-member' : 'invalid-member',
      path: '/tracks',
      message: missing ? 'is missing' : 'must be a list',
    })
  } else if (tracks.length > TRACKS_PER_SESSION_MAX) {
    faults.push({ code: 'too-many-tracks', path: '/tracks', message: rejections['too-many-tracks'] })
  } else {
    cleaned['tracks'] = tracks.map((track: unknown, index) =>
      examineTrack(track, cleaned['startedAt'], `/tracks/${index}`, faults, warnings),
    )
  }
  return { cleaned, faults, warnings }
}

function examineTrack(
  track: unknown,
  sessionStartedAt: unknown,
  path: string,
  faults: Fault[],
  warnings: UploadWarning[],
): Parts {
  if (!isObject(track)) {
    faults.push({ code: 'invalid-member', path, message: 'must be an object' })
    return {}
  }
  const cleaned = examineMembers(track, trackMembers, path, faults)
  examineOrder(cleaned, cleaned['startedAt'] ?? sessionStartedAt, path, faults)
  const tags = track['tags'] ?? undefined
  if (isObject(tags)) cleaned['tags'] = examineTags(tags, `${path}/tags`, warnings)
  else if (tags !== undefined) warn(warnings, 'tags-not-an-object', `${path}/tags`)
  const id3 = track['id3'] ?? undefined
  if (typeof id3 === 'string') cleaned['id3'] = id3
  else if (id3 !== undefined) warn(warnings, 'id3-unreadable', `${path}/id3`)
  return cleaned
}

function examineTags(tags: Parts, path: string, warnings: UploadWarning[]): Parts {
  const cleaned: Parts = {}
  for (const name of tagNames) {
    const value = tags[name] ?? undefined
    if (value === undefined) continue
    const checked = checkTag(name, value)
    if ('leftOut' in checked) warn(warnings, checked.leftOut, `${path}/${name}`)
    else cleaned[name] = checked.value
  }
  return cleaned
}

function examineMembers(parts: Parts, list: readonly Member[], path: string, faults: Fault[]): Parts {
  const cleaned: Parts = {}
  for (const member of list) {
    const value = parts[member.name] ?? undefined
    if (value === undefined) {
      if (member.required) {
        faults.push({ code: 'missing-member', path: `${path}/${member.name}`, message: 'is missing' })
      }
      continue
    }
    const fault = faultOf(member, value)
    if (fault === undefined) cleaned[member.name] = value
    else faults.push({ ...fault, path: `${path}/${member.name}` })
  }
  return cleaned
}

function faultOf({ kind, expected, check }: Member, value: unknown): Omit<Fault, 'path'> | undefined {
  if (kind === 'time' && typeof value === 'string') {
    const time = readTime(value)
    return 'fault' in time ? { code: time.fault, message: rejections[time.fault] } : undefined
  }
  if (typeof value === 'string' && !isUsableText(value)) {
    return { code: 'unusable-text', message: rejections['unusable-text'] }
  }
  if (check(value)) return undefined
  const tooLong = kind === 'text' && typeof value === 'string' && value !== ''
  return { code: tooLong ? 'text-too-long' : 'invalid-member', message: expected }
}

/** Both times are readable or not there; unreadable ones have their own fault. */
function examineOrder(parts: Parts, startedAt: unknown, path: string, faults: Fault[]): void {
  const { endedAt } = parts
  if (typeof startedAt !== 'string' || typeof endedAt !== 'string') return
  const [start, end] = [readTime(startedAt), readTime(endedAt)]
  if ('utc' in start && 'utc' in end && end.utc < start.utc) {
    faults.push({ code: 'ends-before-start', path: `${path}/endedAt`, message: 'must not lie before the start' })
  }
}

function members(properties: TProperties, required: readonly string[]): Member[] {
  return Object.entries(properties).map(([name, schema]) => {
    const validator = Compile(schema)
    const { kind, expected } = expectationOf(schema)
    return { name, required: required.includes(name), kind, expected, check: (value) => validator.Check(value) }
  })
}

/** What a member has to be, in words. */
function expectationOf(schema: TSchema): Pick<Member, 'kind' | 'expected'> {
  const { type, format, minimum, maximum, minLength, maxLength, anyOf } = schema as Record<string, unknown> // JSON Schema
  const count = (value: unknown) => Number(value).toLocaleString('en')
  if (format === 'date-time') return { kind: 'time', expected: 'must be an RFC 3339 time with an offset, as a text' }
  if (Array.isArray(anyOf)) {
    return {
      kind: 'other',
      expected: `must be one of ${anyOf.map((one: { const?: unknown }) => one.const).join(', ')}`,
    }
  }
  if (type === 'string') {
    return { kind: 'text', expected: `must be a text of ${count(minLength ?? 0)} to ${count(maxLength)} characters` }
  }
  if (type === 'boolean') return { kind: 'other', expected: 'must be true or false' }
  const number = type === 'integer' ? 'an integer' : 'a number'
  return { kind: 'other', expected: `must be ${number} from ${count(minimum)} to ${count(maximum)}` }
}

export function isObject(value: unknown): value is Parts {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
