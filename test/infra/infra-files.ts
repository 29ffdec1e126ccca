/**
 * The files in `infra`, read.
 * @module
 */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseAllDocuments } from 'yaml'

export const infraFolder = fileURLToPath(new URL('../../infra/', import.meta.url))

export function readInfra(path: string): string {
  return readFileSync(`${infraFolder}${path}`, 'utf8')
}

/** Paths of all files below `infra` with one of these endings; what others made there on this machine is left out. */
export function infraFiles(...endings: readonly string[]): string[] {
  return readdirSync(infraFolder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && endings.some((ending) => entry.name.endsWith(ending)))
    .map((entry) => `${entry.parentPath}/${entry.name}`.replaceAll('//', '/').slice(infraFolder.length))
    .filter((path) => !path.startsWith('secrets/'))
    .sort()
}

/** Every document of a YAML file. Throws at the first place that is wrong, or that only looks right. */
export function readYaml(path: string): unknown[] {
  return parseAllDocuments(readInfra(path), { merge: true, uniqueKeys: true }).map((document) => {
    const [wrong] = [...document.errors, ...document.warnings]
    if (wrong !== undefined) throw new Error(`${path}: ${wrong.message}`)
    return document.toJS() as unknown
  })
}
