import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { optionalParts } from '../support/optional-parts.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** Files past this many lines need a reason. */
const LINES_MAX = 300

/** Files that are longer, each with its reason. */
const longFiles: Readonly<Record<string, string>> = {
  'services/rules/genres/genre-tree.ts': 'one list, which is read and changed as a whole',
  'test/account/profile.test.ts': 'every rule of the profile, with the place that its error names',
  'test/contract/event-log/event-log-contract.ts': 'one suite, which every adapter of the log runs whole',
  'test/contract/store/store-contract.ts': 'one suite, which both adapters of the store run whole',
  'test/model/chart-model.ts': 'the whole of what charts are, without a way around it, on one page',
  'test/contract/openapi.test.ts': 'every operation beside the requests and answers that are held to it',
  'test/data/serato.test.ts': 'the figures of every real file stand beside their tests',
  'test/import/run-import.test.ts': 'all that one command says and does, told over one set of files',
}

/** Files whose names their tools give them. */
const namedByTools = /^([A-Z]+\.md|LICENSE|Caddyfile|Dockerfile(\.dockerignore)?|\..*|.*\.config\.ts)$/

/** Every file of the tree that git does not ignore, new ones included. */
const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root })
  .toString()
  .split('\0')
  .filter((file) => file !== '' && existsSync(`${root}${file}`))
const read = (file: string) => readFileSync(`${root}${file}`, 'utf8')
const code = files.filter((file) => /\.(ts|cjs)$/.test(file))
const texts = files.filter((file) => file !== 'package-lock.json' && !read(file).includes('\0'))

/** The lines of all these files that match, as `file:line`. */
function linesThatMatch(among: readonly string[], pattern: RegExp): string[] {
  return among.flatMap((file) =>
    read(file)
      .split('\n')
      .flatMap((line, index) => (pattern.test(line) ? [`${file}:${index + 1}: ${line.trim()}`] : [])),
  )
}

describe('the tree', () => {
  it('has no file past 300 lines but those with a reason', () => {
    const long = code.filter((file) => read(file).trimEnd().split('\n').length > LINES_MAX)
    expect(long.sort()).toEqual(Object.keys(longFiles).sort())
  })

  it('has file names in kebab case, and none that says nothing', () => {
    const wrong = files.filter((file) => {
      const name = basename(file)
      const stem = name.replace(/(\.(kafka\.test|test|property|d))?\.[a-z0-9]+$/, '')
      return !namedByTools.test(name) && !/^[a-z0-9]+(-[a-z0-9]+(\.[0-9]+)?)*$/.test(stem)
    })
    expect(wrong).toEqual([])
    expect(files.filter((file) => /(^|\/)(utils?|helpers?|common|misc)(\.|\/)/.test(file))).toEqual([])
  })

  it('leaves no test out and none alone', () => {
    // The pattern is put together here, so that this line is not one of those it finds.
    const narrowed = new RegExp(
      String.raw`\b(it|test|describe|suite)\.(${['only', 'skip', 'todo', 'fails'].join('|')})\b`,
    )
    expect(linesThatMatch(code, narrowed)).toEqual([])
  })

  it('lets no test run that needs a part which is not there', () => {
    const tests = files.filter((file) => file.endsWith('.test.ts'))
    const asks = {
      data: /withoutSharedData/,
      kafka: /without\('kafka'\)/,
      browser: /without\('browser'\)/,
      curl: /without\('curl'\)/,
      python: /without\('python'\)/,
    }
    const ungated = optionalParts.flatMap(({ name, isFor }) =>
      tests.filter((file) => isFor(file) && !asks[name].test(read(file))),
    )
    expect(ungated).toEqual([])
  })

  it('has named exports only', () => {
    const byTools = /\.(config\.ts|cjs)$/
    expect(
      linesThatMatch(
        code.filter((file) => !byTools.test(file)),
        /^export default\b/,
      ),
    ).toEqual([])
  })

  it('gives a reason beside each rule that is turned off', () => {
    const turnedOff = new RegExp(
      `${['biome', 'ignore'].join('-')}|@${['ts', 'expect'].join('-')}-error|@${['ts', 'ignore'].join('-')}`,
    )
    expect(linesThatMatch(code, turnedOff).filter((line) => !/: [^:]+: \w.{5,}$|-error \w.{5,}$/.test(line))).toEqual(
      [],
    )
  })

  it('names no place of the machine that it was written on', () => {
    const machinePaths = new RegExp(`(^|[\\s'"\`(=])/(${['work', 'tmp', 'root', 'home/[a-z]+'].join('|')})/[\\w.]`)
    expect(linesThatMatch(texts, machinePaths)).toEqual([])
  })

  it('has numbered table files without gaps, and decisions likewise', () => {
    for (const folder of ['schemas/tables/', 'docs/decisions/']) {
      const numbers = files.filter((file) => file.startsWith(folder)).map((file) => Number(basename(file).slice(0, 4)))
      expect(numbers.sort((a, b) => a - b)).toEqual(numbers.map((_, index) => index + 1))
    }
  })
})

describe('the packages', () => {
  it('are locked without the address of a registry', () => {
    expect(linesThatMatch(['package-lock.json'], /"resolved":|https?:\/\/[^"]*registry/)).toEqual([])
  })

  it('are pinned to one version each', () => {
    const { dependencies, devDependencies } = JSON.parse(read('package.json'))
    const versions: [string, unknown][] = Object.entries({ ...dependencies, ...devDependencies })
    expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(String(version)))).toEqual([])
  })

  it('have every command of the contract', () => {
    const { scripts } = JSON.parse(read('package.json'))
    const commands = ['start', 'test', 'demo', 'bench', 'check', 'token', 'import', 'identify', 'sql', 'service']
    expect(commands.filter((command) => !(command in scripts))).toEqual([])
  })
})
