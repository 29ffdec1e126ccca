/**
 * The programs that tests start, each as one file, made anew for every run of the tests: the loader of TypeScript takes two
 * seconds of a core for a start, and there are hundreds of starts. The code is the same, with the same packages. The first hour of a DJ runs from the sources,
 * and so does whatever starts by the loader itself.
 * @module
 */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build, type Plugin } from 'esbuild'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** Where the files of this run are; the processes of the test files have it from the one that starts them. */
const FOLDER = 'TONEARM_TEST_PROGRAMS'

const PREFIX = 'tonearm-programs-'
/** No run takes that long. */
const LEFT_MS_MIN = 86_400_000

const programs = [
  ...['upload', 'ingest', 'charts', 'account', 'privacy', 'site', 'analyst', 'migrate'].map(
    (name) => `services/${name}/main.ts`,
  ),
  'services/service.ts',
  'services/standalone/main.ts',
  'services/standalone/demo/main.ts',
  'services/standalone/token.ts',
  'services/standalone/backup/main.ts',
  'services/standalone/restore/main.ts',
  'services/standalone/keys/main.ts',
  'services/privacy/report/main.ts',
  'infra/kafka/main.ts',
  'infra/kafka/dev/main.ts',
  'infra/clickhouse/dev/main.ts',
  'test/bench/main.ts',
  ...readdirSync(join(root, 'test/bench/children')).map((name) => `test/bench/children/${name}`),
]

/** The one file of a program, named by its source; `undefined` where it has none. */
function bundledProgram(file: string): string | undefined {
  const folder = process.env[FOLDER]
  if (folder === undefined) return undefined
  const bundled = join(folder, file.replace(/\.ts$/, '.mjs'))
  return existsSync(bundled) ? bundled : undefined
}

/** What Node.js is given to start a program of the project from its source, as the scripts of package.json do. */
export const fromSource = (file: string): readonly string[] => ['--import', 'tsx', file]

/** What Node.js is given to start a program of the project: its one file, or its source where it has none. */
export function startOf(file: string): readonly string[] {
  const bundled = bundledProgram(file)
  return bundled === undefined ? fromSource(file) : [bundled]
}

/** What a program has to have in its environment that starts such programs itself. */
export function bundledPrograms(): Record<string, string> {
  const folder = process.env[FOLDER]
  return folder === undefined ? {} : { [FOLDER]: folder }
}

/** Called by vitest before the first test; what it gives back, after the last one. */
export async function setup(): Promise<(() => void) | undefined> {
  // Every project of the configuration calls it.
  if (process.env[FOLDER] !== undefined) return undefined
  const cache = join(root, 'node_modules/.cache')
  mkdirSync(cache, { recursive: true })
  for (const name of readdirSync(cache).filter((one) => one.startsWith(PREFIX))) {
    // A run that was killed has left it behind.
    const left = join(cache, name)
    if (Date.now() - statSync(left).mtimeMs > LEFT_MS_MIN) rmSync(left, { recursive: true, force: true })
  }
  // Within the project, so that the packages are found from there.
  const folder = mkdtempSync(join(cache, PREFIX))
  await build({
    entryPoints: programs.map((file) => join(root, file)),
    absWorkingDir: root,
    outbase: root,
    outdir: folder,
    bundle: true,
    splitting: true,
    outExtension: { '.js': '.mjs' },
    format: 'esm',
    platform: 'node',
    target: 'node20',
    // For the packages among them that are CommonJS.
    banner: {
      js: `import { createRequire as requireOf } from 'node:module'\nconst require = requireOf(import.meta.url)`,
    },
    logLevel: 'warning',
    plugins: [sourcePlaces, packagesAsTheyAre],
  })
  process.env[FOLDER] = folder
  return () => {
    delete process.env[FOLDER]
    rmSync(folder, { recursive: true, force: true })
  }
}

/** What lies beside a source, SQL above all, is read from beside the source. */
const sourcePlaces: Plugin = {
  name: 'source-places',
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href)),
      loader: 'ts',
    }))
  },
}

/** Packages of hundreds of files that are all JavaScript: most of a start is finding and reading them. */
const bundledPackages: ReadonlySet<string> = new Set([
  ...[
    'typebox',
    '@fastify/type-provider-typebox',
    'kafkajs',
    'jose',
    '@clickhouse/client',
    '@clickhouse/client-common',
  ],
  ...['prom-client', '@opentelemetry/api', 'music-metadata', 'strtok3', 'token-types', 'yaml'],
])

/** All other packages are loaded from where they are. */
const packagesAsTheyAre: Plugin = {
  name: 'packages-as-they-are',
  setup({ onResolve }) {
    onResolve({ filter: /^[^.#/]/ }, ({ path, kind }) => {
      const [scopeOrName = '', name = ''] = path.split('/')
      const isBundled = bundledPackages.has(path.startsWith('@') ? `${scopeOrName}/${name}` : scopeOrName)
      return kind === 'entry-point' || isBundled ? undefined : { external: true }
    })
  },
}
