import { beforeAll, describe, expect, it } from 'vitest'
import { identifyTrack } from '#rules/track-identity.ts'
import type { Chart, ChartDirectory } from '#schemas/records/chart.ts'
import type { ApiClient } from '../support/api-client.ts'
import { withoutSharedData } from '../support/shared-data.ts'
import { BUSY_MS_MAX, quickCharts, type RunningServer, startServer, stopServer } from '../support/start-server.ts'
import { waitFor } from '../support/wait-for.ts'
import { type RadioPlay, readRadioFile, readRadioPlays, readStations, sessionsOf } from './radio-stations.ts'

const settings = { ...quickCharts, CHART_PLAYS_PER_DJ: '1000' }
const WORLD = '/v1/charts/world/all/2014-W25'

/** Every chart there is of these plays: all of them are of one week, and of one country. */
const everyChart = ['world', 'north-america', 'US'].flatMap((region) =>
  ['2014-W25', '2014-06', '2014'].map((period) => `/v1/charts/${region}/all/${period}`),
)

interface Counted {
  readonly song: string
  readonly artist: string
  readonly djs: number
  readonly plays: number
}

/** Stations and plays of each song, counted from the file alone. */
function recount(plays: readonly RadioPlay[]): Counted[] {
  const songs = new Map<string, { song: string; artist: string; stations: Set<string>; plays: number }>()
  for (const { song, artist, callsign } of plays) {
    const name = `${song}\n${artist}`
    const counted = songs.get(name) ?? { song, artist, stations: new Set<string>(), plays: 0 }
    counted.stations.add(callsign)
    counted.plays += 1
    songs.set(name, counted)
  }
  return [...songs.values()].map(({ song, artist, stations, plays }) => ({ song, artist, djs: stations.size, plays }))
}

/** Rows of the file without a song are plays of nothing that could be counted. */
const isNamed = ({ song, artist }: RadioPlay) => song.trim() !== '' && artist.trim() !== ''

/** A chart is the same again if these are all that differs. */
function withoutRevision(text: string): string {
  return text.replace(/"builtAt":"[^"]*"/, '"builtAt":""').replace(/"revision":\d+/, '"revision":0')
}

describe.skipIf(withoutSharedData)('a week of 25 radio stations', () => {
  let plays: RadioPlay[]
  let server: RunningServer
  let reader: ApiClient
  let whole: number

  beforeAll(async () => {
    plays = readRadioPlays()
    whole = plays.filter(isNamed).length
    server = await startServer({ settings })
    reader = await server.api()
    await uploadStations(server, (sessions) => sessions)
  })

  /** Every station tells its place, consents and sends its sessions; resolves when the charts hold them all. */
  async function uploadStations(to: RunningServer, arrange: <T>(list: readonly T[]) => readonly T[]): Promise<void> {
    for (const { callsign, country, subdivision, city } of arrange(readStations())) {
      const station = await to.api(callsign)
      const profile = await station.patch('/v1/me/profile', {
        location: { country, subdivision, city },
        choices: { charts: true },
      })
      expect(profile.status).toBe(200)
      const upload = await station.post('/v1/sessions', { ndjson: arrange(sessionsOf(plays, callsign)) })
      expect(upload.status).toBe(202)
      expect(upload.json()).toMatchObject({ rejected: [] })
      expect(upload.text).not.toContain('warnings')
    }
    await untilWhole(await to.api())
  }

  async function untilWhole(client: ApiClient): Promise<void> {
    for (const chart of everyChart) {
      await waitFor(
        `${chart} of all plays`,
        async () => {
          const answer = await client.get(chart)
          return answer.status === 200 && answer.json<Chart>().chart.plays === whole
        },
        BUSY_MS_MAX,
      )
    }
  }

  it('counts every station and every play of the file that names a song', async () => {
    const { chart } = (await reader.get(WORLD)).json<Chart>()
    expect(plays).toHaveLength(37_673)
    expect(chart).toMatchObject({ region: 'world', genre: 'all', period: '2014-W25', djs: 25, plays: whole })
    expect(chart).toMatchObject({ status: 'final', minimumDjs: 5, previous: '2014-W24', next: null })
  })

  it('has the 100 songs that a recount of the file gives, in the order of the contract', async () => {
    const expected = recount(plays.filter(isNamed))
      .map(({ song, artist, djs, plays }) => {
        const identity = identifyTrack(artist, song)
        return { id: identity.kind === 'track' ? identity.trackId : '', title: song, artist, djs, plays }
      })
      .sort((a, b) => b.djs - a.djs || b.plays - a.plays || (a.id < b.id ? -1 : 1))
      .slice(0, 100)
      .map(({ id, artist, title, djs, plays }, index) => ({
        rank: index + 1,
        previousRank: null,
        peakRank: index + 1,
        periodsOnChart: 1,
        movement: 'new',
        track: { id, artist, title },
        djs,
        plays,
      }))
    const { entries } = (await reader.get(WORLD)).json<Chart>()
    expect(entries).toEqual(expected)
  })

  it('agrees with the counts that were published from this file', async () => {
    const counts = new Map<string, number>()
    for (const { song, artist } of plays) {
      const name = `${song} by ${artist}`
      counts.set(name, (counts.get(name) ?? 0) + 1)
    }
    const published = readRadioFile('published-play-counts.csv')
    const agreeing = published.filter(
      ({ COMBINED = '', PlayCount }) => (counts.get(COMBINED) ?? 0) === Number(PlayCount),
    )
    expect(published).toHaveLength(2229)
    expect(agreeing).toHaveLength(2220)
    // Those that differ were spelled anew by hand before they were published; nearly all of the chart is not among them.
    const agreed = new Map(agreeing.map(({ COMBINED = '', PlayCount }) => [COMBINED, Number(PlayCount)]))
    const { entries } = (await reader.get(WORLD)).json<Chart>()
    const onBoth = entries.filter(({ track }) => agreed.has(`${track.title} by ${track.artist}`))
    expect(onBoth.length).toBeGreaterThanOrEqual(95)
    for (const { track, plays } of onBoth) expect(plays).toBe(agreed.get(`${track.title} by ${track.artist}`))
  })

  it('has the same entries for the United States and for North America, and for the month and the year', async () => {
    const { entries } = (await reader.get(WORLD)).json<Chart>()
    for (const chart of everyChart) {
      expect((await reader.get(chart)).json<Chart>().entries, chart).toEqual(entries)
    }
  })

  it('has no chart of a subdivision, for none has five stations, and answers as for one that cannot exist', async () => {
    const { charts } = (await reader.get('/v1/charts?limit=1000')).json<ChartDirectory>()
    expect(charts.map(({ region, genre }) => `${region}/${genre}`).sort()).toEqual([
      'US/all',
      'north-america/all',
      'world/all',
    ])
    for (const { periods } of charts) expect([...periods].sort()).toEqual(['2014', '2014-06', '2014-W25'])
    const nowhere = await reader.get('/v1/charts/atlantis/all/2014-W25')
    for (const subdivision of new Set(readStations().map((station) => station.subdivision))) {
      const answer = await reader.get(`/v1/charts/${subdivision}/all/2014-W25`)
      expect(answer.status, subdivision).toBe(404)
      expect(answer.bytes).toEqual(nowhere.bytes)
    }
  })

  it('gives the same bytes but for time and revision when other accounts send all of it in the other order', async () => {
    const second = await startServer({ settings })
    await uploadStations(second, (list) => [...list].reverse())
    const other = await second.api()
    for (const chart of everyChart) {
      const [one, two] = [await reader.get(chart), await other.get(chart)]
      expect(withoutRevision(two.text), chart).toBe(withoutRevision(one.text))
    }
    const csv = '/v1/charts/world/all/2014-W25.csv'
    expect((await other.get(csv)).text).toBe((await reader.get(csv)).text)
    await stopServer(second)
  })

  it('keeps its bytes when everything is built once more, after a start with another limit that changes nothing', async () => {
    const startAgain = async (playsPerDj: string, awaited: string) => {
      await stopServer(server)
      server = await startServer({
        dataDir: server.dataDir,
        settings: { ...settings, CHART_PLAYS_PER_DJ: playsPerDj, LOG_LEVEL: 'info' },
      })
      reader = await server.api()
      await waitFor(awaited, () => server.stderr().includes(awaited), BUSY_MS_MAX)
    }
    // Tracks are matched at each start, and what is found changes charts: once all were seen, there is nothing new.
    await startAgain('998', '"msg":"tracks matched"')
    await startAgain('997', '"period":"2014"')
    const before = await reader.get(WORLD)
    await startAgain('999', '"period":"2014"')
    expect(withoutRevision((await reader.get(WORLD)).text)).toBe(withoutRevision(before.text))
  })
})
