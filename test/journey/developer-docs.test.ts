import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { issueToken, readLocalKey } from '#platform/keys/local-tokens.ts'
import { examples } from '../../services/site/developers/examples.ts'
import { htmlErrors } from '../support/html-errors.ts'
import { type RunningServer, startServer } from '../support/start-server.ts'
import { waitFor } from '../support/wait-for.ts'

const folder = fileURLToPath(new URL('../../services/site/developers/examples/', import.meta.url))
let server: RunningServer
let environment: NodeJS.ProcessEnv

beforeAll(async () => {
  server = await startServer()
  const token = await issueToken(await readLocalKey(server.dataDir), 'developer', ['dj'])
  environment = { PATH: process.env['PATH'] ?? '', TONEARM_URL: server.address, TONEARM_TOKEN: token }
})

/** Runs an example as a reader would: the file as it stands in the docs. */
async function run(program: string, name: string): Promise<{ status: number | null; output: string }> {
  const child = spawn(program, [`${folder}${name}`], { env: environment })
  let output = ''
  child.stdout.on('data', (text) => {
    output += String(text)
  })
  child.stderr.on('data', (text) => {
    output += String(text)
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (status) => resolve({ status, output }))
  })
}

describe('the docs for developers', () => {
  it('send a session with curl, and find it again', async () => {
    const sent = await run('sh', 'send-session.sh')
    expect(sent).toMatchObject({ status: 0 })
    expect(JSON.parse(sent.output)).toMatchObject({ accepted: [{ id: '86' }], rejected: [] })
    const found = await waitFor(
      'the session',
      async () => {
        const { output } = await run('sh', 'read-sessions.sh')
        return output.includes('Friday at the harbour') && output
      },
      60_000,
    )
    expect(JSON.parse(found)).toMatchObject({ sessions: [{ id: '86', trackCount: 1 }] })
  })

  it('send sessions with JavaScript', async () => {
    expect(await run(process.execPath, 'send-sessions.mjs')).toEqual({ status: 0, output: '202\naccepted 87\n' })
  })

  it('read a chart, or find that there is none', async () => {
    expect(await run(process.execPath, 'read-chart.mjs')).toEqual({ status: 0, output: 'no chart is published yet\n' })
  })

  it.each(['/developers', '/de/developers', '/developers/api', '/de/developers/api'])(
    'are valid HTML at %s',
    async (path) => {
      const answer = await fetch(`${server.address}${path}`)
      expect(answer.status).toBe(200)
      expect(await htmlErrors(await answer.text())).toEqual([])
    },
  )

  it('show every example, and every route of the API', async () => {
    const text = async (path: string) => (await fetch(`${server.address}${path}`)).text()
    const page = (await text('/developers')).replaceAll('&#39;', "'").replaceAll('&quot;', '"').replaceAll('&#96;', '`')
    for (const example of examples.values()) {
      expect(page.replaceAll('&gt;', '>').replaceAll('&lt;', '<').replaceAll('&amp;', '&')).toContain(example)
    }
    const api = await text('/developers/api')
    const { paths } = JSON.parse(await text('/openapi.json')) as { paths: Record<string, object> } // our own document
    for (const [path, methods] of Object.entries(paths)) {
      for (const method of Object.keys(methods)) expect(api).toContain(`<code>${method.toUpperCase()} ${path}</code>`)
    }
  })
})
