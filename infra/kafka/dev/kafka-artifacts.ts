/**
 * Apache Kafka's jars, had from Maven once and kept outside of the tree.
 * @module
 */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { homedir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { archiveClasses } from './archive-classes.ts'
import { fetchJars } from './fetch-jars.ts'

const pom = fileURLToPath(new URL('./pom.xml', import.meta.url))

/** Where artifacts are kept when no folder is given. */
const defaultCache = join(homedir(), '.cache', 'tonearm')

export interface KafkaArtifacts {
  readonly classpath: string
  /** What makes the JVM start faster with these jars. */
  readonly javaOptions: readonly string[]
}

/** Whether all is there already. */
export function hasKafkaArtifacts(cache = defaultCache): boolean {
  const { lib, archive } = placesIn(cache)
  return existsSync(lib) && existsSync(archive)
}

/** Fetches what is not there. Rejects with `log-unavailable` where Maven or Java is missing or does not do it. */
export async function prepareKafkaArtifacts(cache = defaultCache): Promise<KafkaArtifacts> {
  const { folder, lib, archive } = placesIn(cache)
  await makeOnce(folder, lib, (path) => fetchJars(pom, path))
  await makeOnce(folder, archive, (path) => archiveClasses(classpathOf(lib), path))
  // Where the archive is of another Java, the JVM goes on without it.
  return { classpath: classpathOf(lib), javaOptions: [`-XX:SharedArchiveFile=${archive}`, '-Xshare:auto'] }
}

/** Under another name first: what has its name is whole, whoever else makes it at the same time. */
async function makeOnce(folder: string, path: string, make: (path: string) => Promise<void>): Promise<void> {
  if (existsSync(path)) return
  await mkdir(folder, { recursive: true })
  const fresh = await mkdtemp(join(folder, 'preparing-'))
  try {
    const made = join(fresh, basename(path))
    await make(made)
    await rename(made, path).catch((cause: unknown) => {
      if (!existsSync(path)) throw cause
    })
  } finally {
    await rm(fresh, { recursive: true, force: true })
  }
}

/** In one order, which an archive of classes depends on. */
function classpathOf(lib: string): string {
  const jars = readdirSync(lib).filter((name) => name.endsWith('.jar'))
  return jars
    .sort()
    .map((name) => join(lib, name))
    .join(':')
}

/** Another pom has another folder, so that a changed one is not answered with the jars of before. */
function placesIn(cache: string): { readonly folder: string; readonly lib: string; readonly archive: string } {
  const text = readFileSync(pom, 'utf8')
  const version = /<kafka\.version>([^<]+)</.exec(text)?.[1] ?? 'unknown'
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 8)
  const folder = join(cache, `kafka-${version}-${digest}`)
  return { folder, lib: join(folder, 'lib'), archive: join(folder, 'classes.jsa') }
}
