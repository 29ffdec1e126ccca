/**
 * Where each column of the tables that hold rows of an account stands in its export, or why it does not.
 * @module
 */

import type { AccountExport } from '#schemas/records/account-export.ts'
import type { OwnSession } from '#schemas/records/session.ts'
import type { TagName } from '#schemas/records/track-play.ts'
import { toRegionId } from '../../../services/charts/region-ids.ts'

/** How a table's rows are found again in the export: a row an item, a column a value of it. */
export interface InExport<Item = unknown> {
  readonly items: (document: AccountExport) => readonly Item[]
  readonly columns: Readonly<Record<string, (item: Item, document: AccountExport) => unknown>>
  /** SQL: rows that say nothing. */
  readonly unless?: string
}

const table = <Item>(inExport: InExport<Item>): InExport => inExport as InExport // an item goes to its own columns only

const tags: Readonly<Record<string, TagName>> = {
  ...{ title: 'title', artist: 'artist', album: 'album', genre: 'genre', label: 'label', bpm: 'bpm', key: 'key' },
  ...{ remixer: 'remixer', composer: 'composer', year: 'year', rating: 'rating', track_number: 'trackNumber' },
  ...{ bit_rate: 'bitRate', sample_rate: 'sampleRate', file_name: 'fileName', file_size: 'fileSize' },
  length_seconds: 'lengthSeconds',
}
type Track = OwnSession['tracks'][number]

const ofTracks = (column: string, read: (track: Track) => unknown) => ({
  [`tracks.${column}`]: ({ tracks }: OwnSession) => tracks.map((track) => read(track) ?? null),
})

/** What the upload said, where the DJ chose something else by hand. */
const said = (session: OwnSession, { sessionChoices }: AccountExport) =>
  sessionChoices.find(({ key }) => key === session.key)?.uploaded ?? session

export const inExport: Readonly<Record<string, InExport>> = {
  'playlists.sessions': table<OwnSession>({
    items: ({ sessions }) => sessions,
    columns: {
      session_key: ({ key }) => key,
      received_at: ({ receivedAt }) => receivedAt,
      session_id: ({ id }) => id,
      history_id: ({ historyId }) => historyId,
      export_id: ({ exportId }) => exportId,
      software_name: ({ software }) => software?.name,
      software_version: ({ software }) => software?.version,
      system_os: ({ system }) => system?.os,
      system_processor: ({ system }) => system?.processor,
      system_computer_type: ({ system }) => system?.computerType,
      name: (session, document) => said(session, document).name,
      started_at: ({ startedAt }) => startedAt,
      ended_at: ({ endedAt }) => endedAt,
      edited_at: ({ editedAt }) => editedAt,
      visibility: (session, document) => said(session, document).visibility ?? 'unset',
      contribute(session, document) {
        const { contributeToCharts } = said(session, document)
        return contributeToCharts === undefined ? 'unset' : contributeToCharts ? 'yes' : 'no'
      },
      ...ofTracks('id', ({ id }) => id),
      ...ofTracks('deck', ({ deck }) => deck),
      ...ofTracks('played', ({ played }) => played),
      ...ofTracks('started_at', ({ startedAt }) => startedAt),
      ...ofTracks('ended_at', ({ endedAt }) => endedAt),
      ...ofTracks('played_seconds', ({ playedSeconds }) => playedSeconds),
      ...ofTracks('played_percent', ({ playedPercent }) => playedPercent),
      ...ofTracks('edited_at', ({ editedAt }) => editedAt),
      ...Object.assign(
        {},
        ...Object.entries(tags).map(([column, tag]) => ofTracks(column, (track) => track.tags[tag])),
      ),
    },
  }),

  'playlists.session_choices': table<{ key: string; flag: string; value: unknown }>({
    items: ({ sessionChoices }) =>
      sessionChoices.flatMap(({ key, deleted, chosen: { name, visibility, contributeToCharts } }) =>
        Object.entries({
          ...(name === undefined ? {} : { name: name ?? '' }),
          ...(visibility === undefined ? {} : { visibility }),
          ...(contributeToCharts === undefined ? {} : { contribute: contributeToCharts }),
          ...(deleted ? { deleted } : {}),
        }).map(([flag, value]) => ({ key, flag, value })),
      ),
    columns: {
      session_key: ({ key }) => key,
      flag: ({ flag }) => flag,
      value: ({ value }) => JSON.stringify(value),
    },
    unless: "value IS NULL OR (flag = 'deleted' AND value = 'false')",
  }),

  'playlists.profile_members': table<[string, unknown]>({
    items: ({ profile: { location, choices, ...plain } }) => [
      ...Object.entries(plain),
      ...Object.entries(location).map(([name, value]): [string, unknown] => [`location.${name}`, value]),
      ...Object.entries(choices).map(([name, value]): [string, unknown] => [`choices.${name}`, value]),
    ],
    columns: { member: ([member]) => member, value: ([, value]) => JSON.stringify(value) },
    unless: 'value IS NULL',
  }),

  'playlists.choice_history': table<AccountExport['choices'][number]>({
    items: ({ choices }) => choices,
    columns: {
      choice: ({ choice }) => choice,
      value: ({ value }) => value,
      chosen_at: ({ chosenAt }) => chosenAt,
      consent_text: ({ consentText }) => consentText,
    },
  }),

  'playlists.public_sessions': table<OwnSession>({
    items: ({ sessions }) => sessions.filter(({ publicId }) => publicId !== undefined),
    columns: { public_id: ({ publicId }) => publicId, session_key: ({ key }) => key },
  }),

  'playlists.account_states': table<AccountExport['account'][number]>({
    items: ({ account }) => account,
    columns: { state: ({ state }) => state, value: ({ reason }) => reason, at: ({ at }) => at },
  }),

  'playlists.erasures': table<AccountExport['erasures'][number]>({
    items: ({ erasures }) => erasures,
    columns: {
      step: ({ state }) => ['', 'accepted', 'erased', 'complete'].indexOf(state),
      accepted_at: ({ acceptedAt }) => acceptedAt,
      erased_at: ({ erasedAt }) => erasedAt,
      completed_at: ({ completedAt }) => completedAt,
      rows_left: ({ rowsLeft }) => rowsLeft,
      charts_rebuilt: ({ chartsRebuilt }) => chartsRebuilt,
      charts_waiting: ({ chartsWaiting }) => chartsWaiting,
      log_expires_at: ({ logExpiresAt }) => logExpiresAt,
    },
  }),

  'charts.contributors': table<NonNullable<AccountExport['charts']['contributor']>>({
    items: ({ charts: { contributor } }) => (contributor === null ? [] : [contributor]),
    columns: {
      consents: ({ contributes }) => contributes,
      statistics: ({ statistics }) => statistics,
      usage: ({ usage }) => usage,
      country: ({ country }) => country,
      subdivision: ({ subdivision }) => subdivision,
      scenes: ({ scenes }) => scenes,
    },
  }),

  'charts.contributions': table<AccountExport['charts']['contributions'][number]>({
    items: ({ charts }) => charts.contributions,
    columns: {
      week: ({ week }) => week.replace('-W', ''),
      'plays.track': ({ plays }) => plays.map(({ trackId }) => BigInt(`0x${trackId}`).toString()),
      'plays.at': ({ plays }) => plays.map(({ at }) => at),
      'plays.artist': ({ plays }) => plays.map(({ artist }) => artist),
      'plays.title': ({ plays }) => plays.map(({ title }) => title),
      'plays.label': ({ plays }) => plays.map(({ label }) => label),
      genres: ({ plays }) => plays.map(({ genres }) => genres),
    },
  }),

  'charts.bases': table<string>({
    items: ({ charts }) => charts.takenPartIn,
    columns: {
      kind: (chart) => (/\/\d{4}$/.test(chart) ? 'year' : chart.includes('-W') ? 'week' : 'month'),
      period: (chart) => chart.split('/')[2],
      region_id: (chart) => toRegionId(chart.split('/')[0] ?? ''),
    },
  }),
}

const whose = 'it names whose the row is, which all of the document is'
const pseudonym = 'a pseudonym in the charts, which would tell whose their rows are'
const service = 'of the service: orders writings, and says nothing of the account'
const gone = 'such a row does not show any more, and stands for what is gone'
const derived = 'made of the tracks again and again, which are in the document'
const hash = 'a hash of contributions that are in the document; an identifier of the charts'
const named = 'stands in the name of the chart, of which the export has the text'

/** Why a column is not in the export. */
export const leftOut: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'playlists.sessions': {
    owner: whose,
    version: service,
    is_deleted: gone,
    'counting.day': derived,
    'counting.track': derived,
    'counting.genres': derived,
  },
  'playlists.session_choices': { owner: whose, version: service },
  'playlists.profile_members': { owner: whose, version: service },
  'playlists.choice_history': { owner: whose, version: service },
  'playlists.public_sessions': { owner: whose, version: service, is_deleted: gone },
  'playlists.account_states': { owner: whose, version: service },
  'playlists.erasures': {
    owner: whose,
    version: service,
    receipt_hash: 'a hash of the receipt, which whoever asked for the erasure has',
  },
  'charts.contributors': { contributor: pseudonym, version: service, key_version: service },
  'charts.contributions': {
    contributor: pseudonym,
    session: pseudonym,
    version: service,
    key_version: service,
    is_deleted: gone,
    earlier_tracks: derived,
    ...{ 'plays.before': derived, 'plays.seconds': derived, 'plays.bpm_hundredths': derived, 'plays.key': derived },
    ...{ 'plays.year': derived, 'plays.bit_rate': derived, 'plays.deck': derived, software: derived, os: derived },
    ...{ 'plays.clean_label': derived, 'plays.remixer': derived, 'plays.clean_remixer': derived },
  },
  'charts.bases': {
    genre_id: named,
    contributor: pseudonym,
    given: hash,
    version: service,
    is_deleted: gone,
    key_version: service,
  },
  'charts.earlier_bases': {
    ...{ kind: named, period: named, region_id: named, genre_id: named },
    contributor: pseudonym,
    given: hash,
    from_build: service,
    until_build: service,
    key_version: service,
  },
  'charts.tombstones': {
    contributor: pseudonym,
    key_version: service,
    version: service,
    at: 'the same as `at` of the state tombstone',
  },
}

/** Tables of which nothing is in the export: marks and workings of the builds of charts, and gone with one of the next. */
export const passingTables = [
  'charts.changes',
  'charts.pending_take_backs',
  ...[
    ...['contributors', 'pairs', 'genre_pairs', 'members', 'marks', 'changed', 'merged_plays'],
    ...['analytics_plays', 'analytics_items'],
  ].map((name) => `charts.build_${name}`),
]
