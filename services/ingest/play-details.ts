/**
 * What the analysts' tables need of a play, beside what charts count by. It serves nothing else, so nothing of it is written
 * of an account that objects.
 * @module
 */
import { asTyped } from '#rules/identity/name-track.ts'
import { readMusicalKey } from '#rules/tags/musical-key.ts'
import { operatingSystemName } from '#rules/tags/operating-system.ts'
import { cleanedForm } from '#rules/track-identity.ts'
import type { Session } from '#schemas/records/session.ts'
import { remembering } from './remembering.ts'

/** 0 and empty texts where a value is not known. */
export interface PlayDetails {
  readonly seconds: number
  readonly bpmHundredths: number
  /** On Camelot's wheel. */
  readonly key: string
  readonly year: number
  /** kbit/s. */
  readonly bitRate: number
  readonly cleanLabel: string
  readonly remixer: string
  readonly cleanRemixer: string
  readonly deck: string
}

/** What a session was recorded with. */
export interface SessionUsage {
  readonly software: string
  /** Name of the operating system, without its version. */
  readonly os: string
}

/** What an account's objections leave. */
export interface MaySay {
  readonly statistics: boolean
  readonly usage: boolean
}

/** What is known of a play that analysts' tables tell nothing of. */
const nothingKnown: PlayDetails = {
  ...{ seconds: 0, bpmHundredths: 0, key: '', year: 0, bitRate: 0 },
  ...{ cleanLabel: '', remixer: '', cleanRemixer: '', deck: '' },
}

const rememberedKey = remembering((text: string) => readMusicalKey(text)?.camelot ?? '')
const rememberedCleanForm = remembering(cleanedForm)
const rememberedSystem = remembering(operatingSystemName)

export function readDetails({ tags, playedSeconds, deck }: Session['tracks'][number]): PlayDetails {
  const label = asTyped(tags.label)
  const remixer = asTyped(tags.remixer)
  return {
    seconds: Math.round(playedSeconds ?? 0),
    bpmHundredths: Math.round((tags.bpm ?? 0) * 100),
    key: tags.key === undefined ? '' : rememberedKey(tags.key),
    year: tags.year ?? 0,
    bitRate: Math.round(tags.bitRate ?? 0),
    cleanLabel: label === '' ? '' : rememberedCleanForm(label),
    remixer,
    cleanRemixer: remixer === '' ? '' : rememberedCleanForm(remixer),
    deck: deck === undefined ? '' : String(deck),
  }
}

export function usageOf({ software, system }: Pick<Session, 'software' | 'system'>): SessionUsage {
  return { software: asTyped(software?.name), os: system?.os === undefined ? '' : rememberedSystem(system.os) }
}

/** The columns of a contribution that only analysts' tables read. */
export function columnsForAnalysts(
  plays: readonly { readonly before: string; readonly details: PlayDetails }[],
  usage: SessionUsage,
  { statistics, usage: maySayUsage }: MaySay,
): Record<string, unknown> {
  const said = plays.map(({ details }) => (statistics ? details : nothingKnown))
  const saysUsage = statistics && maySayUsage
  return {
    'plays.before': plays.map(({ before }) => (statistics ? before : '0')),
    'plays.seconds': said.map(({ seconds }) => seconds),
    'plays.bpm_hundredths': said.map(({ bpmHundredths }) => bpmHundredths),
    'plays.key': said.map(({ key }) => key),
    'plays.year': said.map(({ year }) => year),
    'plays.bit_rate': said.map(({ bitRate }) => bitRate),
    'plays.clean_label': said.map(({ cleanLabel }) => cleanLabel),
    'plays.remixer': said.map(({ remixer }) => remixer),
    'plays.clean_remixer': said.map(({ cleanRemixer }) => cleanRemixer),
    'plays.deck': said.map(({ deck }) => (saysUsage ? deck : '')),
    ...(saysUsage ? usage : {}),
  }
}
