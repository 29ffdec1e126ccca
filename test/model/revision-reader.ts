import type { StoreConnection } from '#platform/store/store.ts'
import { type ModelAccounts, type ModelChart, publishedCharts, regionsAbove } from './chart-model.ts'

/** What each account gives to a chart: owner → a text that is another where anything of it is. */
export type Parts = ReadonlyMap<string, string>

/** A revision of a chart as a reader keeps it, with what only the test knows of it. */
export interface KeptRevision {
  readonly chart: string
  readonly revision: number
  readonly djs: number
  readonly parts: Parts
  /** Whether a take-back that had waited long enough may have sent it out. */
  readonly isForced: boolean
}

interface PolledRow {
  readonly name: string
  readonly revision: number
  readonly djs: number
  readonly withheld: number
  /** Number of the build that decided who stands behind it. */
  readonly state: string
}

const PLAYS_PER_DJ = 10

/**
 * A reader who polls every chart and keeps every revision, and beside each what the accounts gave to it when it was built.
 * Polled after each build, before anything else happens.
 */
export function createRevisionReader(takeBackHoursMax: number) {
  const revisions = new Map<string, KeptRevision[]>()
  const byState = new Map<string, KeptRevision>()
  let before = new Map<string, Parts>()
  /** When an account last gave less to any chart, Unix milliseconds, of those since the chart's newest revision. */
  let takenBack: { readonly owner: string; readonly atMs: number }[] = []
  const newestAtMs = new Map<string, number>()

  return {
    /** To be told after each event: who took something back. */
    watch(accounts: ModelAccounts, atMs: number): void {
      const now = partsOf(accounts)
      for (const [chart, parts] of before) {
        for (const [owner, part] of parts) {
          if (!isMore(now.get(chart)?.get(owner), part)) takenBack = [...takenBack, { owner, atMs }]
        }
      }
      before = now
    },

    /** What everybody can read now, by chart; keeps what is new. */
    async poll(store: StoreConnection, nowMs: number): Promise<{ shown: KeptRevision[]; added: KeptRevision[] }> {
      const shown: KeptRevision[] = []
      const added: KeptRevision[] = []
      for (const row of await readRows(store)) {
        const id = `${row.name} ${row.revision} ${row.state}`
        const known = byState.get(id) ?? keep(row, nowMs)
        if (!byState.has(id)) {
          byState.set(id, known)
          added.push(known)
        }
        if (row.withheld === 0) shown.push(known)
      }
      return { shown, added }
    },

    /** All that was ever shown of a chart, in order. */
    of: (chart: string): readonly KeptRevision[] => revisions.get(chart) ?? [],
  }

  function keep({ name, revision, djs }: PolledRow, nowMs: number): KeptRevision {
    const ofChart = revisions.get(name) ?? []
    const parts = before.get(name) ?? new Map<string, string>()
    const last = ofChart.at(-1)
    const sinceMs = newestAtMs.get(name) ?? 0
    const isForced = takenBack.some(
      ({ owner, atMs }) =>
        atMs > sinceMs &&
        nowMs - atMs >= takeBackHoursMax * 3_600_000 &&
        last?.parts.has(owner) === true &&
        last.parts.get(owner) !== parts.get(owner),
    )
    const kept = { chart: name, revision, djs, parts, isForced }
    revisions.set(name, [...ofChart, kept])
    newestAtMs.set(name, nowMs)
    return kept
  }
}

/** Accounts that stand behind one and not the other, or behind both with something else. */
export function differing(one: Parts, other: Parts): string[] {
  return [...new Set([...one.keys(), ...other.keys()])].filter((owner) => one.get(owner) !== other.get(owner))
}

/**
 * What a region and its sub-regions, read at one time, tell of fewer accounts than the minimum: a sentence for each.
 * Counted in three ways: by the numbers on the charts, by accounts, and by what is left of their parts.
 */
export function tellingRests(shown: readonly KeptRevision[], minimumDjs: number): string[] {
  return shown.flatMap((chart) => {
    const [region = '', ...rest] = chart.chart.split('/')
    const inside = shown.filter((other) => {
      const [sub = '', ...subRest] = other.chart.split('/')
      return subRest.join('/') === rest.join('/') && sub !== region && regionsAbove(sub).includes(region)
    })
    if (inside.length === 0) return []
    const regionOf = (one: KeptRevision) => one.chart.split('/')[0] ?? ''
    const nearest = inside.filter(
      (one) => !inside.some((other) => other !== one && regionsAbove(regionOf(one)).includes(regionOf(other))),
    )
    const told = nearest.reduce((left, { djs }) => left - djs, chart.djs)
    const alone = [...chart.parts.keys()].filter((owner) => !inside.some(({ parts }) => parts.has(owner)))
    const owners = new Set([chart, ...nearest].flatMap(({ parts }) => [...parts.keys()]))
    const left = [...owners].filter((owner) => {
      const taken = nearest.flatMap(({ parts }) => parts.get(owner) ?? [])
      return `${taken}` !== `${chart.parts.get(owner) ?? []}`
    })
    const rests = Object.entries({ told, alone: alone.length, left: left.length })
    return rests.flatMap(([how, djs]) =>
      djs >= 1 && djs < minimumDjs
        ? [`${chart.chart} less ${nearest.map(regionOf).join(' and ')} leaves ${djs} (${how})`]
        : [],
    )
  })
}

/** Charts that readers may see or will see again, withheld ones among them. */
async function readRows(store: StoreConnection): Promise<PolledRow[]> {
  return await store.rows<PolledRow>(
    `SELECT concat(region, '/', genre, '/', shown.period) AS name, revision, djs, withheld, max(base.version) AS state
     FROM (SELECT * FROM charts.published FINAL WHERE hidden = 0) AS shown
     INNER JOIN charts.bases AS base ON base.kind = shown.kind AND base.period = shown.period
       AND base.region_id = reinterpretAsUInt64(toString(region)) AND base.genre_id = cityHash64(toString(genre))
     WHERE base.version <= shown.version
     GROUP BY ALL ORDER BY name`,
  )
}

function partsOf(accounts: ModelAccounts): Map<string, Parts> {
  const charts = publishedCharts(accounts, { minimumDjs: 1, playsPerDj: PLAYS_PER_DJ })
  return new Map([...charts].map(([name, chart]) => [name, partsOfChart(chart)]))
}

/** One letter a counted play of a track, so that who gives less is seen by what is missing. */
function partsOfChart({ entries }: ModelChart): Parts {
  const parts = new Map<string, string[]>()
  for (const { of } of entries) {
    for (const { owner, track } of of) parts.set(owner, [...(parts.get(owner) ?? []), track])
  }
  return new Map([...parts].map(([owner, tracks]) => [owner, tracks.sort().join(' ')]))
}

/** Whether one gives at least all that another gave. */
function isMore(now: string | undefined, then: string): boolean {
  const left = (now ?? '').split(' ')
  return then.split(' ').every((track) => {
    const index = left.indexOf(track)
    if (index >= 0) left.splice(index, 1)
    return index >= 0
  })
}
