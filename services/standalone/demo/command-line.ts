/**
 * The arguments of `npm run demo`.
 * @module
 */
import { parseArgs } from 'node:util'

export const usage = `Usage: npm run demo [-- --djs N --weeks N]

Starts on a temporary folder, full of what invented DJs played, and prints where to look.

  --djs N      how many DJs, 20 to 10000; 260, who play about 70,000 tracks in twelve weeks, if not given
  --weeks N    for how many weeks, 1 to 104; 12 if not given
`

export interface DemoSize {
  readonly djs: number
  readonly weeks: number
}

export type CommandLine =
  | { readonly kind: 'start'; readonly size: DemoSize }
  | { readonly kind: 'help' }
  | { readonly kind: 'misuse'; readonly message: string }

/** With fewer DJs no chart has an entry; more than that take hours. */
const limits = { djs: [20, 10_000], weeks: [1, 104] } as const

export function readCommandLine(argv: readonly string[]): CommandLine {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        djs: { type: 'string', default: '260' },
        weeks: { type: 'string', default: '12' },
        help: { type: 'boolean', short: 'h' },
      },
    })
    if (values.help === true) return { kind: 'help' }
    return { kind: 'start', size: { djs: toNumber('djs', values.djs), weeks: toNumber('weeks', values.weeks) } }
  } catch (cause) {
    return { kind: 'misuse', message: cause instanceof Error ? cause.message : 'unusable arguments' }
  }
}

function toNumber(name: keyof typeof limits, text: string): number {
  const [min, max] = limits[name]
  const value = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN
  if (value >= min && value <= max) return value
  throw new Error(`--${name} must be a whole number from ${min} to ${max}`)
}
