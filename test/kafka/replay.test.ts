/**
 * The store is derived from the log: dropped, and filled again from the log's begin, it shows the same charts.
 */
import { rmSync } from 'node:fs'
import { expect, it } from 'vitest'
import { createPseudonyms } from '#platform/keys/pseudonyms.ts'
import { readContributorKey } from '#platform/store/contributor-keys.ts'
import type { Chart } from '#schemas/records/chart.ts'
import { createAccountLoad } from '../model/account-load.ts'
import { publishedCharts, readHistory } from '../model/chart-model.ts'
import { expectChartsOverHttp } from '../model/charts-over-http.ts'
import { expectSameRows } from '../model/same-as-model.ts'
import type { ApiClient } from '../support/api-client.ts'
import { openDistributed } from '../support/distributed.ts'
import { without } from '../support/optional-parts.ts'
import { quickCharts } from '../support/start-server.ts'
import { waitFor } from '../support/wait-for.ts'

const rules = { minimumDjs: 1, playsPerDj: 10 }

/** What readers get, but for what tells builds apart. */
async function readCharts(strangers: ApiClient, names: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const charts = new Map<string, string>()
  for (const name of names) {
    const { chart, entries } = (await strangers.get(`/v1/charts/${name}`)).json<Chart>()
    const { builtAt: _, revision: __, ...same } = chart
    const csv = await strangers.get(`/v1/charts/${name}.csv`)
    charts.set(name, `${JSON.stringify({ chart: same, entries })}\n${csv.bytes.toString('hex')}`)
  }
  return charts
}

it.skipIf(without('kafka'))(
  'a store that was dropped is filled from the log by itself, and its charts are the same bytes',
  async () => {
    const { services, clickhouse, log, store } = await openDistributed({
      settings: { ...quickCharts, CHART_MIN_DJS: '1', UPLOADS_PER_MINUTE: '1000000', LOG_LEVEL: 'error' },
    })
    const [ingest, charts, ...others] = await services.startReady('ingest', 'charts', 'upload', 'account', 'site')
    const load = createAccountLoad({
      ...{ seed: 20_261_125, accounts: 6, sessions: 600, sessionsPerRequest: 25 },
      pseudonyms: services.pseudonyms,
      api: (account) => services.api(account),
    })
    await load.run()
    await waitFor('all events to be stored', async () => (await log.lag('ingest')) === 0, 60_000)
    const strangers = await services.api()
    const model = publishedCharts(readHistory(load.events.flat()), rules)
    await expectSameRows(
      store.connect('site'),
      readHistory(load.events.flat()),
      createPseudonyms(services.masterKey, await readContributorKey(store.connect('site'))),
    )
    await expectChartsOverHttp(strangers, model)
    const before = await readCharts(strangers, [...model.keys()])

    await Promise.all([ingest, charts, ...others].map((service) => service.stop()))
    await clickhouse.stop()
    rmSync(clickhouse.folder, { recursive: true, force: true })
    await clickhouse.restart()
    await Promise.all([ingest, charts, ...others].map((service) => service.restart()))
    await services.ready(ingest, charts, ...others)

    await expectChartsOverHttp(strangers, model)
    expect(await readCharts(strangers, [...model.keys()])).toEqual(before)
  },
)
