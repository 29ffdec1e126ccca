import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { allSettings } from '#platform/config/settings.ts'

const root = new URL('../../', import.meta.url)
const read = (file: string) => readFileSync(new URL(file, root), 'utf8')
const markdownOf = (folder: string) =>
  readdirSync(new URL(folder, root))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `${folder}${name}`)
const documents = [...markdownOf('./'), ...markdownOf('./docs/'), ...markdownOf('./docs/decisions/')]

describe('the documents', () => {
  it.each(documents)('%s links only to files that exist', (document) => {
    const links = [...read(document).matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)].flatMap(([, target]) => target ?? [])
    const inTree = links.filter((target) => !/^https?:/.test(target))
    expect(inTree.filter((target) => !existsSync(new URL(target, new URL(document, root))))).toEqual([])
  })

  it('README.md names every setting with its default and meaning', () => {
    const lines = Object.entries(allSettings).map(([name, schema]) => {
      const { default: value, description } = schema as { default?: unknown; description?: string } // JSON Schema
      return `| \`${name}\` | ${value === undefined ? 'not set' : `\`${value}\``} | ${description} |`
    })
    const table = /<!-- settings: [\s\S]*?-->\n([\s\S]*?)<!-- \/settings -->/.exec(read('README.md'))?.[1]
    expect(table?.trim().split('\n').slice(2).sort()).toEqual(lines.sort())
  })

  it('the decision on dependencies gives a reason for each package that the service needs', () => {
    const [needed = ''] = read('docs/decisions/0005-dependencies.md').split('For development only')
    const rows = [...needed.matchAll(/^\| `([^`]+)` \| \S/gm)]
    expect(rows.map(([, name]) => name).sort()).toEqual(
      Object.keys(JSON.parse(read('package.json')).dependencies).sort(),
    )
  })

  it('README.md names no command that package.json does not have', () => {
    const { scripts } = JSON.parse(read('package.json'))
    const named = [...read('README.md').matchAll(/npm (?:run (?:-s )?)([a-z:]+)/g)].flatMap(([, name]) => name ?? [])
    expect(named.length).toBeGreaterThan(0)
    expect(named.filter((name) => !(name in scripts))).toEqual([])
  })
})
