/**
 * Where to look in the demo that all tests in the browser share.
 * @module
 */
import { readFileSync } from 'node:fs'
import { inject } from 'vitest'
import { waitFor } from '../../support/wait-for.ts'

export interface Demo {
  /** Address of the server, without a path. */
  readonly server: string
  /** Newest charts, by what they are of. */
  readonly charts: Readonly<Record<'World' | 'Country' | 'Genre' | 'Scene' | 'Month' | 'Year', string>>
  readonly playlist: string
  /** The first track of the newest world chart. */
  readonly track: string
}

/** The uploads, and a build of all charts of all weeks. */
const READY_MS_MAX = 240_000

/** Resolves when all charts are built. */
export async function openDemo(): Promise<Demo> {
  const output = await waitFor(
    'the demo',
    async () => {
      const text = readFileSync(inject('demoOutput'), 'utf8')
      return text.includes('\nPlaylist: ') && text
    },
    READY_MS_MAX,
  )
  const addressOf = (name: string) => {
    const address = new RegExp(`^${name}: (http\\S+)$`, 'm').exec(output)?.[1]
    if (address === undefined) throw new Error(`the demo names no ${name}: ${output}`)
    return address
  }
  const world = addressOf('Charts')
  const chart = await (await fetch(world)).text()
  const linkOf = (pattern: RegExp) => {
    const path = pattern.exec(chart)?.[1]
    if (path === undefined) throw new Error(`the chart of the world has no ${pattern}`)
    return new URL(path, world).href
  }
  return {
    server: new URL(world).origin,
    charts: {
      World: world,
      Country: addressOf('Country'),
      Genre: addressOf('Genre'),
      Scene: addressOf('Scene'),
      Month: linkOf(/href="([^"]+)" data-key="month"/),
      Year: linkOf(/href="([^"]+)" data-key="year"/),
    },
    playlist: addressOf('Playlist'),
    track: linkOf(/href="(\/tracks\/[^"]+)"/),
  }
}
