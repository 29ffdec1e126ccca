import { DOMParser } from '@xmldom/xmldom'
import { describe, expect, it } from 'vitest'
import { infraFiles, readInfra, readYaml } from './infra-files.ts'

describe('a file of infra', () => {
  it.each(infraFiles('.yaml', '.yml'))('%s is YAML, with no key twice', (path) => {
    for (const document of readYaml(path)) expect(document).toBeTypeOf('object')
  })

  it.each(infraFiles('.json'))('%s is JSON', (path) => {
    expect(JSON.parse(readInfra(path))).toBeTypeOf('object')
  })

  it.each(infraFiles('.xml'))('%s is XML', (path) => {
    expect(new DOMParser().parseFromString(readInfra(path), 'text/xml').documentElement?.tagName).toMatch(/^\w+$/)
  })
})
