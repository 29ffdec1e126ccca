import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { identifyLines, LINE_CHARS_MAX, type LineProblem } from '../../services/identify/identify-lines.ts'

async function run(...chunks: (string | Uint8Array)[]): Promise<{ lines: unknown[]; problems: LineProblem[] }> {
  const problems: LineProblem[] = []
  async function* input(): AsyncGenerator<Uint8Array> {
    for (const chunk of chunks) yield typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk
  }
  const lines: unknown[] = []
  for await (const line of identifyLines(input(), (problem) => problems.push(problem))) {
    expect(line.endsWith('\n')).toBe(true)
    lines.push(JSON.parse(line))
  }
  return { lines, problems }
}

const dreamOn = '84dace7d5e915d75'

describe('identify', () => {
  it('gives lines that are the same track the same id, one line for one, in order', async () => {
    const { lines, problems } = await run(
      '{"id":1,"title":"Dream On","artist":"Aerosmith"}\n{"id":"b","title":"Help!","artist":"Beatles"}\r\n',
      '{"id":3,"title":"AEROSMITH - Dream on (2012 Remaster)","genre":"rock","year":1973}',
    )
    expect(lines).toMatchObject([{ id: 1, trackId: dreamOn }, { id: 'b' }, { id: 3, trackId: dreamOn }])
    expect(lines[1]).not.toMatchObject({ trackId: dreamOn })
    expect(problems).toEqual([])
  })

  it('reads lines whatever way the input is cut, and signs that are cut in two', async () => {
    const bytes = new TextEncoder().encode('{"id":"é","title":"Déjà Vu","artist":"Beyoncé"}\n{"id":2}\n')
    const whole = await run(bytes)
    const cut = await run(...[...bytes].map((byte) => Uint8Array.of(byte)))
    expect(cut).toEqual(whole)
    expect(whole.lines).toHaveLength(2)
  })

  it('answers a line that it cannot read in its place, and tells its number', async () => {
    const { lines, problems } = await run(
      '{"id":1,"title":"Dream On","artist":"Aerosmith"}\nnot JSON\n\n[1]\n{"id":5,"title":{}}\n',
    )
    expect(lines).toEqual([
      { id: 1, trackId: dreamOn },
      { id: null, trackId: null, error: 'no JSON' },
      { id: null, trackId: null, error: 'an empty line' },
      { id: null, trackId: null, error: 'no JSON object' },
      { id: 5, trackId: null, error: '/title is neither text nor number' },
    ])
    expect(problems.map(({ line }) => line)).toEqual([2, 3, 4, 5])
  })

  it('holds no more of a line than its limit', async () => {
    const part = 'x'.repeat(LINE_CHARS_MAX / 2)
    const { lines } = await run(
      '{"id":1,"title":"',
      part,
      part,
      part,
      '"}\n{"id":2,"title":"Dream On","artist":"Aerosmith"}\n',
    )
    expect(lines).toEqual([
      { id: null, trackId: null, error: `longer than ${LINE_CHARS_MAX} characters` },
      { id: 2, trackId: dreamOn },
    ])
  })

  it('gives no id to a line that names nothing', async () => {
    const { lines } = await run('{"id":1}\n{"id":2,"title":"ID","artist":"ID"}\n{"id":3,"title":null,"artist":""}\n')
    expect(lines).toEqual([1, 2, 3].map((id) => ({ id, trackId: null })))
  })

  it('takes a year and a title that are numbers', async () => {
    const { lines } = await run(
      '{"id":1,"title":1999,"artist":"Prince","year":"1982","lengthSeconds":"6:19"}\n{"id":2,"title":"1999","artist":"Prince"}\n',
    )
    const [one, other] = lines.map((line) => JSON.stringify(line).match(/"trackId":"(\w+)"/)?.[1])
    expect(one).toBeDefined()
    expect(one).toBe(other)
  })

  it('ends with 1 as a command where a line was bad', async () => {
    const main = fileURLToPath(new URL('../../services/identify/main.ts', import.meta.url))
    const command = spawn(process.execPath, ['--import', 'tsx', main], { stdio: 'pipe' })
    command.stdin.end('{"id":1,"title":"Dream On","artist":"Aerosmith"}\nbad\n')
    const [output, errors] = await Promise.all([text(command.stdout), text(command.stderr), once(command, 'close')])
    expect(output).toBe(`{"id":1,"trackId":"${dreamOn}"}\n{"id":null,"trackId":null,"error":"no JSON"}\n`)
    expect(errors).toBe('Line 2: no JSON.\n')
    expect(command.exitCode).toBe(1)
  })
})
