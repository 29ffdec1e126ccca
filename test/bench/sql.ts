/**
 * The questions of `docs/sql.md` over the demo's data, asked at `/sql` and of the engine itself.
 * @module
 */
import { readdirSync, readFileSync } from 'node:fs'
import type { Bench } from './bench-run.ts'
import type { DemoCommands } from './children/demo.ts'
import { type Figure, toFigure } from './figures.ts'
import { alternate, median } from './rounds.ts'

const queries = new URL('../../docs/queries/', import.meta.url)

export const measureSql: Bench = async (run) => {
  const demo = run.start<DemoCommands>('demo.ts')
  const { address, token, plays } = await demo.ask('start', run.sizes.sqlPlays, run.sizes.sqlWeeks)
  const figures: Figure[] = []
  for (const file of readdirSync(queries)) {
    const sql = readFileSync(new URL(file, queries), 'utf8')
    let rows = 0
    const [ours = [], engine = []] = await alternate(run.sizes.rounds, [
      async () => {
        const answer = await ask(address, token, sql)
        rows = answer.rows
        return answer.ms
      },
      async () => (await demo.ask('timeInEngine', sql)).ms,
    ])
    figures.push(
      toFigure({
        bench: 'sql',
        name: `question: ${file.replace(/\.sql$/, '').replaceAll('-', ' ')}`,
        size: `${plays.toLocaleString('en-US')} plays, ${rows} rows`,
        against: 'the same query in the engine itself',
        better: 'lower',
        measured: { value: median(ours), unit: 'ms' },
        baseline: { value: median(engine), unit: 'ms' },
      }),
    )
  }
  await demo.end()
  return figures
}

async function ask(address: string, token: string, sql: string) {
  const startedAt = performance.now()
  const response = await fetch(`${address}/sql/?default_format=JSONEachRow`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: sql,
  })
  const text = await response.text()
  if (response.status !== 200) throw new Error(`/sql answers ${response.status}: ${text}`)
  return { ms: performance.now() - startedAt, rows: text.split('\n').length - 1 }
}
