/**
 * Scripts of pages, from TypeScript to what a browser runs: bundled in memory when the program starts, so that the tree holds
 * no output of a build.
 * @module
 */
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildSync } from 'esbuild'
import { type Asset, createAsset } from './assets.ts'

/** What every browser of the last three years runs; an older one shows the page as it came. */
const BROWSERS = ['chrome115', 'firefox115', 'safari16.4']

/**
 * The module at `entry` with all that it imports, as one small file.
 *
 * @param options `folder` as in {@link createAsset}: for scripts of a service that is no site.
 */
export function bundleScript(entry: URL, options: { readonly folder?: string } = {}): Asset {
  const file = fileURLToPath(entry)
  const { outputFiles } = buildSync({
    entryPoints: [file],
    bundle: true,
    format: 'esm',
    minify: true,
    write: false,
    platform: 'browser',
    target: BROWSERS,
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'silent',
    // The packages of the sources are found from the sources, wherever the program was started.
    absWorkingDir: fileURLToPath(new URL('.', entry)),
  })
  return createAsset({
    name: basename(file, '.ts'),
    extension: 'js',
    content: outputFiles.map(({ text }) => text).join(''),
    contentType: 'text/javascript; charset=utf-8',
    ...options,
  })
}
