import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Compile } from 'typebox/compile'
import { describe, expect, it } from 'vitest'
import { type SeratoFields, seratoEntries } from '#rules/serato/chunks.ts'
import { lastPartOf, textOf } from '#rules/serato/field-values.ts'
import { readSeratoSession } from '#rules/serato/session-file.ts'
import { toSessionUpload } from '#rules/serato/to-session-upload.ts'
import { SessionUpload } from '#schemas/records/session.ts'
import type { TrackPlayUpload } from '#schemas/records/track-play.ts'
import { runImport } from '../../services/import/run-import.ts'
import { sharedData, withoutSharedData } from '../support/shared-data.ts'

const folder = join(sharedData, 'serato')

interface Figures {
  readonly id: string
  readonly tracks: number
  readonly played: number
  readonly notPlayed: number
  readonly startedAt: number
  readonly endedAt?: number
  readonly editedAt: number
  readonly playedSeconds: number
  readonly artists: number
  readonly titles: number
  readonly bpms: number
  readonly keys: number
  readonly years: number
  readonly lengths: number
  readonly bitRates: number
  readonly fileSizes: number
  readonly deck2: number
}

/** Counted by another program, in another language, that shares nothing with the reader. */
const expected: Readonly<Record<string, Figures>> = {
  '1_song.session': {
    id: '598',
    tracks: 1,
    played: 1,
    notPlayed: 0,
    startedAt: 1534021905,
    endedAt: 1534021945,
    editedAt: 1534021945,
    playedSeconds: 40,
    artists: 1,
    titles: 1,
    bpms: 1,
    keys: 0,
    years: 0,
    lengths: 0,
    bitRates: 0,
    fileSizes: 0,
    deck2: 1,
  },
  'mac-2.4-1.session': {
    id: '1',
    tracks: 8,
    played: 8,
    notPlayed: 0,
    startedAt: 1612643898,
    endedAt: 1612646097,
    editedAt: 1612646097,
    playedSeconds: 3061,
    artists: 8,
    titles: 8,
    bpms: 8,
    keys: 8,
    years: 8,
    lengths: 0,
    bitRates: 0,
    fileSizes: 0,
    deck2: 2,
  },
  'mac-2.4-12.session': {
    id: '12',
    tracks: 51,
    played: 51,
    notPlayed: 0,
    startedAt: 1612646711,
    endedAt: 1612660403,
    editedAt: 1612660403,
    playedSeconds: 17348,
    artists: 50,
    titles: 51,
    bpms: 49,
    keys: 50,
    years: 50,
    lengths: 0,
    bitRates: 0,
    fileSizes: 0,
    deck2: 8,
  },
  'mac-2.4-66.session': {
    id: '66',
    tracks: 5,
    played: 5,
    notPlayed: 0,
    startedAt: 1612679049,
    endedAt: 1612679246,
    editedAt: 1612679246,
    playedSeconds: 197,
    artists: 0,
    titles: 5,
    bpms: 0,
    keys: 0,
    years: 0,
    lengths: 0,
    bitRates: 0,
    fileSizes: 0,
    deck2: 0,
  },
  'mac-2.4-74.session': {
    id: '74',
    tracks: 3,
    played: 3,
    notPlayed: 0,
    startedAt: 1612723940,
    endedAt: 1612724381,
    editedAt: 1612724381,
    playedSeconds: 441,
    artists: 3,
    titles: 3,
    bpms: 1,
    keys: 3,
    years: 3,
    lengths: 0,
    bitRates: 0,
    fileSizes: 0,
    deck2: 0,
  },
  'mac-2.4-80.session': {
    id: '80',
    tracks: 1,
    played: 1,
    notPlayed: 0,
    startedAt: 1612761664,
    editedAt: 1612761664,
    playedSeconds: 0,
    artists: 1,
    titles: 1,
    bpms: 1,
    keys: 1,
    years: 1,
    lengths: 0,
    bitRates: 0,
    fileSizes: 0,
    deck2: 0,
  },
  'mac-2.4-84.session': {
    id: '84',
    tracks: 18,
    played: 18,
    notPlayed: 0,
    startedAt: 1612761855,
    endedAt: 1612764907,
    editedAt: 1612764907,
    playedSeconds: 5968,
    artists: 18,
    titles: 18,
    bpms: 16,
    keys: 18,
    years: 18,
    lengths: 0,
    bitRates: 0,
    fileSizes: 0,
    deck2: 5,
  },
  'nick.session': {
    id: '47193',
    tracks: 342,
    played: 126,
    notPlayed: 184,
    startedAt: 1439145576,
    endedAt: 1439168595,
    editedAt: 1439168658,
    playedSeconds: 45817,
    artists: 290,
    titles: 342,
    bpms: 259,
    keys: 3,
    years: 187,
    lengths: 327,
    bitRates: 332,
    fileSizes: 149,
    deck2: 176,
  },
  'win-2.5-1.session': {
    id: '1',
    tracks: 3,
    played: 3,
    notPlayed: 0,
    startedAt: 1621816540,
    endedAt: 1621816836,
    editedAt: 1621816836,
    playedSeconds: 509,
    artists: 2,
    titles: 3,
    bpms: 0,
    keys: 0,
    years: 2,
    lengths: 0,
    bitRates: 0,
    fileSizes: 0,
    deck2: 1,
  },
  'win-tidal-86.session': {
    id: '86',
    tracks: 20,
    played: 17,
    notPlayed: 3,
    startedAt: 1675130176,
    endedAt: 1675135184,
    editedAt: 1675135184,
    playedSeconds: 9899,
    artists: 20,
    titles: 20,
    bpms: 7,
    keys: 7,
    years: 12,
    lengths: 0,
    bitRates: 0,
    fileSizes: 0,
    deck2: 11,
  },
  'win_offline.session': {
    id: '1',
    tracks: 2,
    played: 2,
    notPlayed: 0,
    startedAt: 1548490934,
    endedAt: 1548491281,
    editedAt: 1548537081,
    playedSeconds: 594,
    artists: 0,
    titles: 2,
    bpms: 0,
    keys: 0,
    years: 0,
    lengths: 0,
    bitRates: 0,
    fileSizes: 0,
    deck2: 1,
  },
  'win_reg.session': {
    id: '6',
    tracks: 2,
    played: 2,
    notPlayed: 0,
    startedAt: 1548537285,
    endedAt: 1548537510,
    editedAt: 1548537510,
    playedSeconds: 319,
    artists: 0,
    titles: 2,
    bpms: 2,
    keys: 2,
    years: 0,
    lengths: 0,
    bitRates: 0,
    fileSizes: 0,
    deck2: 1,
  },
}

describe.skipIf(withoutSharedData)('the history files of real DJs', () => {
  it('are all known to these tests', () => {
    expect(readdirSync(folder).sort()).toEqual(Object.keys(expected).sort())
  })

  it.each(Object.entries(expected))(
    '%s is read whole, with the figures that a recount gives',
    async (name, figures) => {
      const session = readSeratoSession(readFileSync(join(folder, name)))
      expect(session.problems.filter(({ kind }) => kind === 'damage')).toEqual([])
      const upload = await uploadOf(name)
      expect(figuresOf(upload)).toEqual(figures)
      expect([...Compile(SessionUpload).Errors(upload)]).toEqual([])
    },
  )

  it('are twelve different sessions, although their ids repeat', async () => {
    const uploads = await Promise.all(Object.keys(expected).map(uploadOf))
    expect(new Set(uploads.map(({ id }) => id)).size).toBeLessThan(uploads.length)
    expect(new Set(uploads.map(({ id, historyId }) => `${historyId} ${id}`)).size).toBe(uploads.length)
  })

  it('give up no path, no folder and no comment', async () => {
    const uploads = JSON.stringify(await Promise.all(Object.keys(expected).map(uploadOf)))
    const { kept, folders, comments } = textsOf(Object.keys(expected))
    // "Björk" is a folder and an artist; what is said here is said of names that are only one of them.
    const isOnlyPersonal = (text: string) => ![...kept].some((other) => other.includes(text))
    const personalFolders = [...folders].filter(isOnlyPersonal)
    const personalComments = [...comments].filter(isOnlyPersonal)
    expect(personalFolders.length).toBeGreaterThan(20)
    expect(personalComments.length).toBeGreaterThan(5)

    for (const text of ['/Users/', '\\\\', 'C:', ...personalFolders, ...personalComments]) {
      expect(uploads).not.toContain(JSON.stringify(text).slice(1, -1))
    }
  })

  it('hold in each uploaded text what stands in a field that may be kept', async () => {
    for (const name of Object.keys(expected)) {
      const { kept } = textsOf([name])
      const texts = (await uploadOf(name)).tracks.flatMap(({ tags = {} }) =>
        Object.values(tags).filter((value) => typeof value === 'string'),
      )
      expect(texts.filter((text) => !kept.has(text))).toEqual([])
    }
  })

  it('are imported by the command without a refusal', async () => {
    const lines: string[] = []
    const status = await runImport([folder, '--dry-run'], {
      stdout: { write: (text) => lines.push(text) },
      stderr: { write: (text) => lines.push(text) },
      fetch: () => Promise.reject(new Error('a dry run asks the server for nothing')),
      sleep: async () => {},
      now: Date.now,
      random: Math.random,
    })
    expect(status).toBe(0)
    expect(lines.at(-1)).toBe('Would send 12 sessions (456 tracks); skipped: 0; refused: 0.\n')
  })
})

async function uploadOf(name: string): Promise<SessionUpload> {
  const outcome = await toSessionUpload(readSeratoSession(readFileSync(join(folder, name))), name, () => undefined)
  if (outcome.kind === 'none') throw new Error(`${name}: ${outcome.reason}`)
  return outcome.upload
}

function figuresOf({ id, startedAt, endedAt, editedAt, tracks }: SessionUpload): Figures {
  const seconds = (time = '') => Date.parse(time) / 1000
  const count = (isSo: (track: TrackPlayUpload) => boolean) => tracks.filter(isSo).length
  return {
    id,
    tracks: tracks.length,
    played: count(({ played }) => played === true),
    notPlayed: count(({ played }) => played === false),
    startedAt: seconds(startedAt),
    ...(endedAt === undefined ? {} : { endedAt: seconds(endedAt) }),
    editedAt: seconds(editedAt),
    playedSeconds: tracks.reduce((sum, { playedSeconds = 0 }) => sum + playedSeconds, 0),
    artists: count(({ tags }) => tags?.artist !== undefined),
    titles: count(({ tags }) => tags?.title !== undefined),
    bpms: count(({ tags }) => tags?.bpm !== undefined),
    keys: count(({ tags }) => tags?.key !== undefined),
    years: count(({ tags }) => tags?.year !== undefined),
    lengths: count(({ tags }) => tags?.lengthSeconds !== undefined),
    bitRates: count(({ tags }) => tags?.bitRate !== undefined),
    fileSizes: count(({ tags }) => tags?.fileSize !== undefined),
    deck2: count(({ deck }) => deck === 2),
  }
}

/** Of all records of the files: what may be kept, the names of their folders, and their comments and groupings. */
function textsOf(names: readonly string[]) {
  const kept = new Set<string>()
  const folders = new Set<string>()
  const comments = new Set<string>()
  const text = (fields: SeratoFields, id: number) => textOf(fields.get(id) ?? new Uint8Array())
  for (const name of names) {
    for (const entry of seratoEntries(readFileSync(join(folder, name)), 'oent')) {
      if (entry.kind !== 'record') continue
      for (const id of [4, 6, 7, 8, 9, 20, 21, 22, 51]) kept.add(text(entry.fields, id))
      kept.add(lastPartOf(text(entry.fields, 2)))
      const path = `${text(entry.fields, 3)}/${text(entry.fields, 2).slice(0, -lastPartOf(text(entry.fields, 2)).length)}`
      // Shorter ones, such as an account's two letters, are part of many words.
      for (const part of path.split(/[/\\]/)) if (part.length > 3) folders.add(part)
      for (const id of [17, 19]) if (text(entry.fields, id).trim().length > 3) comments.add(text(entry.fields, id))
    }
  }
  return { kept, folders, comments }
}
