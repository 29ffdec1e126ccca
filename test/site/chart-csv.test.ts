import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Chart, ChartEntry } from '#schemas/records/chart.ts'
import { chartToCsv } from '../../services/site/charts/chart-csv.ts'
import { openSite } from './open-site.ts'

const head: Chart['chart'] = {
  region: 'world',
  genre: 'all',
  period: '2026-W07',
  status: 'final',
  revision: 1,
  builtAt: '2026-02-16T00:05:00.000Z',
  djs: 9,
  plays: 9,
  minimumDjs: 5,
  previous: '2026-W06',
  next: null,
}

const entry = (artist: string, title: string, label?: string): ChartEntry => ({
  rank: 1,
  previousRank: null,
  peakRank: 1,
  periodsOnChart: 1,
  movement: 'new',
  track: { id: '000000000000000a', artist, title, ...(label === undefined ? {} : { label }) },
  djs: 9,
  plays: 12,
})

/** A reader of RFC 4180, written from its grammar. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [[]]
  let at = 0
  while (at < text.length) {
    let cell = ''
    if (text[at] === '"') {
      at += 1
      for (; text[at] !== '"' || text[at + 1] === '"'; at += 1) {
        if (text[at] === '"') at += 1
        if (at >= text.length) throw new Error('a quoted cell does not end')
        cell += text[at]
      }
      at += 1
    } else {
      for (; at < text.length && text[at] !== ',' && text[at] !== '\r'; at += 1) {
        if (text[at] === '"' || text[at] === '\n') throw new Error('a bare cell holds what has to be quoted')
        cell += text[at]
      }
    }
    rows.at(-1)?.push(cell)
    if (text[at] === ',') at += 1
    else if (text.startsWith('\r\n', at)) {
      at += 2
      rows.push([])
    } else throw new Error('neither a comma nor the end of a row')
  }
  if (rows.pop()?.length !== 0) throw new Error('the last row does not end')
  return rows
}

const anyText = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom(...'=+-@\t\r\n,";\'ab 1') }))

describe('a chart as CSV', () => {
  it('has a header and a row an entry', () => {
    const [names, row] = readCsv(chartToCsv({ chart: head, entries: [entry('A', 'T', 'L')] }))
    expect(names?.join()).toBe(
      'rank,previous_rank,peak_rank,periods_on_chart,movement,track_id,artist,title,label,djs,plays',
    )
    expect(row).toEqual(['1', '', '1', '1', 'new', '000000000000000a', 'A', 'T', 'L', '9', '12'])
  })

  it('reads back as it was, whatever the texts, but for the apostrophe', () => {
    const withMark = (text: string) => (/^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text)
    fc.assert(
      fc.property(anyText, anyText, anyText, (artist, title, label) => {
        const rows = readCsv(chartToCsv({ chart: head, entries: [entry(artist, title, label)] }))
        expect(rows).toHaveLength(2)
        expect(rows[1]?.slice(6, 9)).toEqual([artist, title, label].map(withMark))
      }),
    )
  })

  it('never has a cell of text that a spreadsheet would run', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const cells = readCsv(chartToCsv({ chart: head, entries: [entry(text, text, text)] }))[1]?.slice(6, 9) ?? []
        expect(cells.filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([])
      }),
    )
  })
})

describe('GET /v1/charts/{region}/{genre}/{period}.csv', () => {
  const site = openSite()

  it('is a file of its own type, with an entity tag', async () => {
    await site.publish({ region: 'NZ', genre: 'house', period: '2026-W07', entries: [{ track: 10, title: '=1+1' }] })
    const url = '/v1/charts/NZ/house/2026-W07.csv'
    const answer = await site.server().inject({ url })
    expect(answer.statusCode).toBe(200)
    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8')
    expect(answer.headers['content-disposition']).toBe('inline; filename="tonearm-NZ-house-2026-W07.csv"')
    expect(readCsv(answer.body)[1]?.[7]).toBe("'=1+1")
    const again = await site.server().inject({ url, headers: { 'if-none-match': String(answer.headers.etag) } })
    expect(again.statusCode).toBe(304)
  })

  it('answers for the newest week too', async () => {
    await site.publish({ period: '2026-W07', entries: [{ track: 10 }] })
    const answer = await site.server().inject({ url: '/v1/charts/world/all/latest.csv' })
    expect(readCsv(answer.body)).toHaveLength(2)
  })

  it('keeps text that is not ASCII as it is', async () => {
    await site.publish({ period: '2026-W07', genre: 'дип-хаус', entries: [{ track: 10, artist: '坂本, "龍一"' }] })
    const answer = await site.server().inject({ url: `/v1/charts/world/${encodeURIComponent('дип-хаус')}/latest.csv` })
    expect(readCsv(answer.body)[1]?.[6]).toBe('坂本, "龍一"')
  })
})
