/**
 * A week of 25 radio stations as 25 DJs: each station's plays in their order, a new session whenever a song repeats.
 * @module
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SessionUpload } from '#schemas/records/session.ts'
import { readCsv } from '../support/csv.ts'
import { sharedData } from '../support/shared-data.ts'

export interface RadioPlay {
  readonly song: string
  readonly artist: string
  readonly callsign: string
  /** Unix seconds. */
  readonly time: number
}

export interface Station {
  readonly callsign: string
  readonly city: string
  readonly country: string
  readonly subdivision: string
}

export function readRadioPlays(): RadioPlay[] {
  return readRadioFile('plays.csv').map(({ song = '', artist = '', callsign = '', time }) => ({
    song,
    artist,
    callsign,
    time: Number(time),
  }))
}

export function readStations(): Station[] {
  return readRadioFile('stations.csv').map(({ callsign = '', city = '', country = '', subdivision = '' }) => ({
    callsign,
    city,
    country,
    subdivision,
  }))
}

export function readRadioFile(name: string): Record<string, string>[] {
  return readCsv(readFileSync(join(sharedData, 'radio', name), 'utf8'))
}

/** The sessions of one station; ids count from 1. */
export function sessionsOf(plays: readonly RadioPlay[], callsign: string): SessionUpload[] {
  const own = plays.filter((play) => play.callsign === callsign).sort((a, b) => a.time - b.time)
  const runs: RadioPlay[][] = []
  let songs = new Set<string>()
  for (const play of own) {
    const song = `${play.song}\n${play.artist}`
    if (runs.length === 0 || songs.has(song)) {
      runs.push([])
      songs = new Set()
    }
    songs.add(song)
    runs.at(-1)?.push(play)
  }
  return runs.map((run, index) => ({
    id: String(index + 1),
    startedAt: timeOf(run[0]?.time ?? 0),
    tracks: run.map(({ song, artist, time }, place) => ({
      id: String(place + 1),
      startedAt: timeOf(time),
      tags: { title: song, artist },
    })),
  }))
}

function timeOf(unixSeconds: number): string {
  return new Date(unixSeconds * 1000).toISOString()
}
