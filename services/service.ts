/**
 * `npm run service -- NAME`: one service alone, over Kafka and a ClickHouse server.
 * @module
 */
import { TonearmError } from '#platform/errors/tonearm-error.ts'

/** Each is the `main.ts` of its folder. */
const services = ['upload', 'ingest', 'charts', 'account', 'privacy', 'site', 'analyst'] as const

const [name, ...rest] = process.argv.slice(2)
if (!services.some((service) => service === name)) {
  const { code, message } = new TonearmError('config-invalid', `npm run service -- ${services.join('|')}`)
  console.error(`${code}: ${message}`)
  process.exit(1)
}
process.argv.splice(2, process.argv.length, ...rest)
await import(`./${name}/main.ts`)
