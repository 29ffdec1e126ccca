import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, it } from 'vitest'
import { issueToken, readLocalKey } from '#platform/keys/local-tokens.ts'
import { without } from '../support/optional-parts.ts'
import { findPython } from '../support/python.ts'
import { startServer } from '../support/start-server.ts'

const program = fileURLToPath(new URL('ask.py', import.meta.url))

describe.skipIf(without('python'))('the official Python client', () => {
  let answers: Readonly<Record<string, unknown>>

  beforeAll(async () => {
    const server = await startServer()
    const { hostname, port } = new URL(server.address)
    const key = await readLocalKey(server.dataDir)
    const args = [
      program,
      hostname,
      port,
      await issueToken(key, 'ana', ['analyst']),
      await issueToken(key, 'ana', ['dj']),
    ]
    const { stdout } = await promisify(execFile)(findPython() ?? 'python3', args)
    answers = JSON.parse(stdout)
  })

  it('connects and asks', () => {
    expect(answers['one']).toEqual([[1]])
    expect(answers['tables']).toEqual(['charts', 'tag_weeks', 'track_weeks', 'transition_weeks'])
  })

  it('binds parameters', () => {
    expect(answers['bound']).toEqual([["it's", [1, 2]]])
  })

  it('streams a million rows', () => {
    expect(answers['streamed']).toEqual([1_000_000, 499_999_500_000])
  })

  it('gets errors as from a server', () => {
    expect(answers['unknown_table']).toMatch(/no_such_table|UNKNOWN_TABLE|ACCESS_DENIED/)
    expect(answers['personal']).toContain('ACCESS_DENIED')
    expect(answers['insert']).toMatch(/READONLY|ACCESS_DENIED/)
    expect(answers['wrong_token']).toMatch(/403|AUTHENTICATION_FAILED|scope/)
  })
})
