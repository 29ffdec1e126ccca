/**
 * The privacy label of every field of the records, by its path. `tags.*` of a track stand once for all records.
 * @module
 */
import type { LabelName } from './labels.ts'

/** `not-kept`: used and dropped before anything is written. `operational`: says nothing of a person. */
export type FieldLabel = LabelName | 'not-kept' | 'operational'

/** Sessions: as they are sent, kept and shown to their DJ. */
export const sessionFields: Readonly<Record<string, FieldLabel>> = {
  id: 'session-id',
  historyId: 'session-id',
  exportId: 'session-id',
  key: 'session-key',
  publicId: 'public-id',
  'software.name': 'software',
  'software.version': 'software',
  'system.os': 'operating-system',
  'system.processor': 'computer',
  'system.computerType': 'computer',
  name: 'session-name',
  startedAt: 'session-start',
  endedAt: 'session-time',
  editedAt: 'session-time',
  receivedAt: 'session-time',
  visibility: 'session-choice',
  contributeToCharts: 'session-choice',
  undelete: 'session-choice',
  trackCount: 'play-detail',
  'tracks[].id': 'play-id',
  'tracks[].deck': 'deck',
  'tracks[].played': 'play-detail',
  'tracks[].startedAt': 'play-time',
  'tracks[].endedAt': 'play-detail',
  'tracks[].playedSeconds': 'play-length',
  'tracks[].playedPercent': 'play-detail',
  'tracks[].editedAt': 'play-detail',
  'tracks[].trackId': 'track-identity',
  'tracks[].counted': 'play-detail',
  'tracks[].whyNot': 'play-detail',
  'tracks[].id3': 'not-kept',
  'tracks[].tags.title': 'track-text',
  'tracks[].tags.artist': 'track-text',
  'tracks[].tags.label': 'track-text',
  'tracks[].tags.genre': 'genre',
  'tracks[].tags.bpm': 'mix-tag',
  'tracks[].tags.key': 'mix-tag',
  'tracks[].tags.remixer': 'mix-tag',
  'tracks[].tags.year': 'track-tag',
  'tracks[].tags.bitRate': 'track-tag',
  'tracks[].tags.album': 'own-tag',
  'tracks[].tags.composer': 'own-tag',
  'tracks[].tags.rating': 'own-tag',
  'tracks[].tags.trackNumber': 'own-tag',
  'tracks[].tags.sampleRate': 'own-tag',
  'tracks[].tags.fileName': 'file',
  'tracks[].tags.fileSize': 'file',
  'tracks[].tags.lengthSeconds': 'file',
}

/** The profile, and a change of it. */
export const profileFields: Readonly<Record<string, FieldLabel>> = {
  displayName: 'display-name',
  'location.country': 'region',
  'location.subdivision': 'region',
  'location.city': 'city',
  'genrePreferences[]': 'genre-preferences',
  'choices.charts': 'choice',
  'choices.statistics': 'choice',
  'choices.usage': 'choice',
  consentText: 'consent-record',
  birthDate: 'not-kept',
}

/** The envelope of an account event; its `session` and `choices` are labelled as a session, its `patch` as a profile. */
export const eventFields: Readonly<Record<string, FieldLabel>> = {
  v: 'operational',
  trace: 'operational',
  type: 'operational',
  owner: 'owner-key',
  at: 'session-time',
  key: 'session-key',
  ref: 'session-key',
  undelete: 'session-choice',
  by: 'operational',
  receiptHash: 'erasure',
  block: 'account-state',
}

/** A public playlist: what of a session everybody sees once its DJ made it public. */
export const playlistFields: Readonly<Record<string, FieldLabel>> = {
  displayName: 'display-name',
  name: 'session-name',
  startedAt: 'session-start',
  'tracks[].title': 'track-text',
  'tracks[].artist': 'track-text',
  'tracks[].label': 'track-text',
  'tracks[].bpm': 'mix-tag',
  'tracks[].key': 'mix-tag',
  'tracks[].remixer': 'mix-tag',
  'tracks[].deck': 'deck',
  'tracks[].atSeconds': 'play-time',
  'tracks[].playedSeconds': 'play-length',
}
