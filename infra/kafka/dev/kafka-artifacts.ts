/**
 * Apache Kafka's jars, had from Maven once and kept outside of the tree.
 * @module
 */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { TonearmError } from '#platform/errors/tonearm-error.ts'
import { run } from './run.ts'

const pom = fileURLToPath(new URL('./pom.xml', import.meta.url))

/** Where artifacts are kept when no folder is given. */
export const defaultCache = join(homedir(), '.cache', 'tonearm')

export interface KafkaArtifacts {
  /** The folder of this version, which may hold more than the jars. */
  readonly folder: string
  /** The jars in one order, which an archive of classes depends on. */
  readonly classpath: string
}

/** Whether the jars are there already. */
export function hasKafkaArtifacts(cache = defaultCache): boolean {
  return existsSync(join(versionFolder(cache), 'lib'))
}

/** Rejects with `log-unavailable` where Maven is missing or does not get them. */
export async function prepareKafkaArtifacts(cache = defaultCache): Promise<KafkaArtifacts> {
  const folder = versionFolder(cache)
  if (!hasKafkaArtifacts(cache)) await fetchJars(folder)
  const lib = join(folder, 'lib')
  const jars = readdirSync(lib).filter((name) => name.endsWith('.jar'))
  return {
    folder,
    classpath: jars
      .sort()
      .map((name) => join(lib, name))
      .join(':'),
  }
}

/** Another pom has another folder, so that a changed one is not answered with the jars of before. */
function versionFolder(cache: string): string {
  const text = readFileSync(pom, 'utf8')
  const version = /<kafka\.version>([^<]+)</.exec(text)?.[1] ?? 'unknown'
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 8)
  return join(cache, `kafka-${version}-${digest}`)
}

/** Into a folder of its own first: `lib` is there only when it is whole, whoever else fetches at the same time. */
async function fetchJars(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  const fetched = await mkdtemp(join(folder, 'fetching-'))
  try {
    const args = ['-B', '-q', '-f', pom, 'dependency:copy-dependencies', `-DoutputDirectory=${fetched}`]
    const { status, output } = await run('mvn', args).catch((cause: unknown) => {
      throw new TonearmError('log-unavailable', 'Maven (mvn) is not there, which the jars of Kafka come by', cause)
    })
    if (status !== 0) throw new TonearmError('log-unavailable', `Maven did not get the jars of Kafka: ${output}`)
    await rename(fetched, join(folder, 'lib')).catch((cause: unknown) => {
      if (!existsSync(join(folder, 'lib'))) throw cause
    })
  } finally {
    await rm(fetched, { recursive: true, force: true })
  }
}
