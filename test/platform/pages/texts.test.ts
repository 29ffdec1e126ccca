import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { languages } from '#platform/pages/language.ts'
import { textsOf } from '#platform/pages/texts/texts.ts'

const services = fileURLToPath(new URL('../../../services/', import.meta.url))

/** Every source that may show a text. */
const sources = readdirSync(services, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.includes('pages/texts/'))
  .map((file) => readFileSync(join(services, file), 'utf8'))
  .join('\n')

/** Names of all texts, as `area.name`; those of a group of texts stand under the group. */
const namesOf = (texts: object) =>
  Object.entries(texts).flatMap(([area, group]: [string, object]) =>
    Object.keys(group).map((name) => `${area}.${name}`),
  )

const namesOfAll = (texts: object, before = ''): string[] =>
  Object.entries(texts).flatMap(([name, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null ? namesOfAll(value, `${before}${name}.`) : [`${before}${name}`],
  )

describe('the texts of the pages', () => {
  it.each(languages)('are the same ones in %s as in English, none of them empty', (language) => {
    expect(namesOfAll(textsOf(language)).sort()).toEqual(namesOfAll(textsOf('en')).sort())
    expect(JSON.stringify(textsOf(language))).not.toContain('""')
  })

  it('are each shown somewhere', () => {
    const unused = namesOf(textsOf('en')).filter(
      (name) => !new RegExp(`\\b${name.replace(/^.*\./, '')}\\b`).test(sources),
    )
    expect(unused).toEqual([])
  })
})
