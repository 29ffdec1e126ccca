/**
 * Everything is killed, each part ten times and at random moments, while DJs use the service: what the store holds afterwards
 * is what a naive count of the answers gives, row for row.
 */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createPseudonyms } from '#platform/keys/pseudonyms.ts'
import { readContributorKey } from '#platform/store/contributor-keys.ts'
import { createAccountLoad } from '../model/account-load.ts'
import { publishedCharts, readHistory } from '../model/chart-model.ts'
import { expectChartsOverHttp } from '../model/charts-over-http.ts'
import { expectSameRows } from '../model/same-as-model.ts'
import { openDistributed } from '../support/distributed.ts'
import { without } from '../support/optional-parts.ts'
import { quickCharts } from '../support/start-server.ts'
import { waitFor } from '../support/wait-for.ts'

const KILLS = 10
const SESSIONS = 20_000
const PAUSE_MS_MAX = 2_000

const seed = Number(process.env['KILL_SEED'] ?? 20_261_125)
const rules = { minimumDjs: 1, playsPerDj: 10 }

it.skipIf(without('kafka'))(
  'keeps every accepted session once, and no other, whatever is killed',
  async () => {
    const { services, broker, clickhouse, log, store } = await openDistributed({
      settings: { ...quickCharts, CHART_MIN_DJS: '1', UPLOADS_PER_MINUTE: '1000000', LOG_LEVEL: 'error' },
    })
    const upload = await services.start('upload')
    const ingest = [await services.start('ingest'), await services.start('ingest')] as const
    const charts = await services.start('charts')
    const steady = [await services.start('account'), await services.start('site'), await services.start('privacy')]
    await services.ready(upload, ...ingest, charts, ...steady)

    const victims = { upload, ingest1: ingest[0], ingest2: ingest[1], charts, broker, store: clickhouse }
    const pauses = fc.sample(fc.array(fc.nat({ max: PAUSE_MS_MAX }), { minLength: KILLS, maxLength: KILLS }), {
      numRuns: Object.keys(victims).length,
      seed,
    })
    let kills = 0
    const killsPlanned = KILLS * pauses.length
    const load = createAccountLoad({
      seed,
      accounts: 20,
      sessions: SESSIONS,
      sessionsPerRequest: 50,
      pseudonyms: services.pseudonyms,
      api: (account) => services.api(account),
      // The load lasts as long as the kills do.
      async pace(done) {
        await waitFor('the next kill', () => done <= (kills + 6) / killsPlanned, 300_000)
      },
    })
    const loaded = load.run()
    const killing = Object.entries(victims).map(async ([name, victim], index) => {
      for (const pauseMs of pauses[index] ?? []) {
        await new Promise((resolve) => setTimeout(resolve, pauseMs))
        await victim.kill()
        kills += 1
        await victim.restart().catch((cause: unknown) => expect.fail(`${name} did not start again: ${cause}`))
      }
    })
    await Promise.all([loaded, ...killing])
    console.log(`seed ${seed}: ${kills} kills, ${load.unanswered()} requests without an answer`)
    expect(load.unanswered()).toBeGreaterThan(0)

    await services.ready(upload, ...ingest, charts, ...steady)
    await waitFor('all events to be stored', async () => (await log.lag('ingest')) === 0, 120_000)
    const connection = store.connect('site')
    const model = readHistory(load.events.flat())
    const pseudonyms = createPseudonyms(services.masterKey, await readContributorKey(connection))
    await expectSameRows(connection, model, pseudonyms)
    await expectChartsOverHttp(await services.api(), publishedCharts(model, rules))
  },
  900_000,
)
