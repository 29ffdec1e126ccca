/**
 * What to look at first in the demo.
 * @module
 */
import Type from 'typebox'
import { Compile } from 'typebox/compile'
import type { DemoClient } from './demo-client.ts'
import { djHomes } from './dj-homes.ts'
import { generateDjs } from './generate-djs.ts'
import { musicStyles } from './music-styles.ts'

export interface InterestingAddress {
  readonly what: string
  readonly address: string
}

/** How many DJs are asked for a public session. */
const DJS_ASKED_MAX = 50

const sessionList = Compile(
  Type.Object({ sessions: Type.Array(Type.Object({ publicId: Type.Optional(Type.String()) })) }),
)

/** A country's chart, a continent's of a genre, a scene and a playlist, as far as they exist. */
export async function findInteresting(
  client: DemoClient,
  server: string,
  { seed, djs }: { readonly seed: number; readonly djs: number },
): Promise<InterestingAddress[]> {
  const countries = [...djHomes].sort((a, b) => b.weight - a.weight).map(({ country }) => country)
  const genres = [...musicStyles].sort((a, b) => b.weight - a.weight).map(({ slug }) => slug)
  const charts = [
    { what: 'Country', paths: countries.map((country) => `/charts/${country}/all/latest`) },
    { what: 'Genre', paths: genres.map((genre) => `/charts/europe/${genre}/latest`) },
    { what: 'Scene', paths: genres.slice(1).map((genre) => `/charts/world/scene-${genre}/latest`) },
  ]
  const found: InterestingAddress[] = []
  for (const { what, paths } of charts) {
    const path = await firstThatExists(client, paths)
    if (path !== undefined) found.push({ what, address: server + path })
  }
  const playlist = await findPlaylist(client, { seed, djs: Math.min(djs, DJS_ASKED_MAX) })
  if (playlist !== undefined) found.push({ what: 'Playlist', address: `${server}/playlists/${playlist}` })
  return found
}

async function firstThatExists(client: DemoClient, paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) if ((await client.read(path)) !== undefined) return path
  return undefined
}

/** The public id of some DJ's public session. */
async function findPlaylist(
  client: DemoClient,
  options: { readonly seed: number; readonly djs: number },
): Promise<string | undefined> {
  for (const { accountId } of generateDjs(options)) {
    const list = await client.call(accountId, 'GET', '/v1/me/sessions')
    const publicId = sessionList.Check(list) ? list.sessions.find((session) => session.publicId)?.publicId : undefined
    if (publicId !== undefined) return publicId
  }
  return undefined
}
