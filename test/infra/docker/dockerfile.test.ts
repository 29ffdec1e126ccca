import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { readInfra } from '../infra-files.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))

/** The instructions in order, each on one line. */
const instructions = readInfra('docker/Dockerfile')
  .replace(/^#.*\n/gm, '')
  .replace(/\\\n\s*/g, ' ')
  .split('\n')
  .filter((line) => line.trim() !== '')
const all = (name: string) => instructions.filter((line) => line.startsWith(`${name} `))
const last = (name: string) =>
  all(name)
    .at(-1)
    ?.slice(name.length + 1) ?? ''
/** What is copied from the project. */
const copied = all('COPY')
  .filter((line) => !line.includes('--from='))
  .flatMap((line) => line.split(/\s+/).slice(1, -1))

describe('the image', () => {
  it('runs the LTS that CI runs the tests on', () => {
    const lts = /node@(\d+)/.exec(readFileSync(`${root}.ci/run`, 'utf8'))?.[1]
    expect(all('ARG')).toEqual([`ARG NODE_IMAGE=node:${lts}-trixie-slim`])
    expect(all('FROM').every((line) => line.startsWith('FROM ' + '${' + 'NODE_IMAGE}'))).toBe(true)
  })

  it('has the packages of the lock file, and none that only development needs', () => {
    expect(all('RUN')).toContain('RUN npm ci --omit=dev')
    expect(readFileSync(`${root}.npmrc`, 'utf8')).toMatch(/^ignore-scripts=true$/m)
    expect(copied).toContain('.npmrc')
  })

  it('copies files that there are, and that .dockerignore lets through', () => {
    const ignore = readInfra('docker/Dockerfile.dockerignore').split('\n')
    expect(ignore).toContain('*')
    const allowed = ignore.filter((line) => line.startsWith('!')).map((line) => line.slice(1))
    for (const path of copied) expect([path, existsSync(`${root}${path}`)]).toEqual([path, true])
    expect([...new Set(copied)].sort()).toEqual([...allowed].sort())
  })

  it('is nobody in particular, and starts node itself, so that it gets the signals', () => {
    expect(last('USER')).toBe('1000:1000')
    expect(JSON.parse(last('ENTRYPOINT'))).toEqual(['node', '--import', 'tsx'])
    expect(JSON.parse(last('CMD'))).toEqual(['services/standalone/main.ts'])
    expect(last('STOPSIGNAL')).toBe('SIGTERM')
    expect(instructions.lastIndexOf(all('USER').at(-1) ?? '')).toBeGreaterThan(
      instructions.lastIndexOf(all('RUN').at(-1) ?? ''),
    )
  })

  it('tells by a file of the image whether it is well', () => {
    const [, command = ''] = / CMD (\[.*\])$/.exec(last('HEALTHCHECK')) ?? []
    expect(JSON.parse(command)).toEqual(['node', 'infra/docker/health-check.mjs'])
    expect(copied).toContain('infra/docker/health-check.mjs')
  })
})
