import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runImport } from '../../services/import/run-import.ts'
import { bytesOf, historyRecord, play, session, version } from '../rules/serato/session-bytes.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { startDouble } from './tonearm-double.ts'

/** Writes the files into a folder that goes with the test. */
function folderWith(files: Readonly<Record<string, Uint8Array | string>>): string {
  const folder = temporaryFolder()
  for (const [name, bytes] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), bytes)
  }
  return folder
}

const sessionNumber = (id: number, plays = 2) =>
  session(...Array.from({ length: plays }, (_, row) => play(row + 1, { 48: id, 28: 1_600_000_000 + id * 1000 })))

async function run(argv: readonly string[], fetchInstead: typeof fetch = fetch) {
  const out: string[] = []
  const err: string[] = []
  const pausesMs: number[] = []
  const status = await runImport(argv, {
    stdout: { write: (text) => out.push(text) },
    stderr: { write: (text) => err.push(text) },
    fetch: fetchInstead,
    sleep: async (ms) => void pausesMs.push(ms),
    now: Date.now,
    random: () => 1,
  })
  const stdout = out.join('')
  return { status, stdout, stderr: err.join(''), pausesMs, lastLine: stdout.trimEnd().split('\n').at(-1) }
}

describe('npm run import', () => {
  it('uploads all session files of a folder, and the second time nothing', async () => {
    const server = await startDouble()
    const folder = folderWith({
      '1.session': sessionNumber(1),
      'Sessions/2.session': sessionNumber(2, 3),
      'Sessions/3.session': sessionNumber(3),
      '._3.session': 'a resource fork',
      'notes.txt': 'no session',
    })
    const first = await run([folder, '--url', server.url, '--token', 'good'])
    expect(first).toMatchObject({ status: 0, lastLine: 'Sent 3 sessions (7 tracks); skipped: 0; refused: 0.' })
    expect(server.sent().sort()).toEqual(['1', '2', '3'])

    const second = await run([folder, '--url', server.url, '--token', 'good'])
    expect(second).toMatchObject({
      status: 0,
      lastLine: 'Sent 0 sessions (0 tracks); skipped: 3 (unchanged 3); refused: 0.',
    })
    expect(server.uploads).toHaveLength(1)
  })

  it('sends again only the session whose file has grown', async () => {
    const server = await startDouble()
    const folder = folderWith({ '1.session': sessionNumber(1), '2.session': sessionNumber(2) })
    await run([folder, '--url', server.url, '--token', 'good'])
    writeFileSync(join(folder, '2.session'), sessionNumber(2, 3))
    const { lastLine } = await run([folder, '--url', server.url, '--token', 'good'])
    expect(lastLine).toBe('Sent 1 session (3 tracks); skipped: 1 (unchanged 1); refused: 0.')
    expect(server.stored.size).toBe(2)
  })

  it('does not replace a session by an older copy of its file', async () => {
    const server = await startDouble()
    const folder = folderWith({ '1.session': sessionNumber(1, 5), 'backup/1.session': sessionNumber(1, 4) })
    const { lastLine } = await run([folder, '--url', server.url, '--token', 'good'])
    expect(lastLine).toBe('Sent 1 session (5 tracks); skipped: 1 (older-copy 1); refused: 0.')
  })

  it('makes new sessions public with --public, and leaves the others as they are', async () => {
    const server = await startDouble()
    const folder = folderWith({ '1.session': sessionNumber(1) })
    await run([folder, '--url', server.url, '--token', 'good'])
    writeFileSync(join(folder, '1.session'), sessionNumber(1, 3))
    writeFileSync(join(folder, '2.session'), sessionNumber(2))
    await run([folder, '--url', server.url, '--token', 'good', '--public'])
    const shown = [...server.stored.values()].map(({ id, visibility }) => [id, visibility])
    expect(shown).toEqual([
      ['1', 'private'],
      ['2', 'public'],
    ])
  })

  it('keeps a public session public when its file has grown', async () => {
    const server = await startDouble()
    const folder = folderWith({ '1.session': sessionNumber(1) })
    await run([folder, '--url', server.url, '--token', 'good', '--public'])
    writeFileSync(join(folder, '1.session'), sessionNumber(1, 3))
    await run([folder, '--url', server.url, '--token', 'good'])
    expect([...server.stored.values()].map(({ visibility }) => visibility)).toEqual(['public'])
  })

  it('gives the consent before anything is sent with --charts, and only then', async () => {
    const server = await startDouble()
    const folder = folderWith({ '1.session': sessionNumber(1) })
    await run([folder, '--url', server.url, '--token', 'good'])
    expect(server.profiles).toEqual([])
    const { stderr } = await run([folder, '--url', server.url, '--token', 'good', '--charts'])
    expect(server.profiles).toEqual([{ choices: { charts: true }, consentText: 'import-1' }])
    expect(stderr).toContain('Consent to charts (text import-1)')
  })

  it('sends nothing without the consent when that is refused', async () => {
    const server = await startDouble({
      fault: ({ url }) => (url.endsWith('profile') ? { status: 403, code: 'under-age' } : undefined),
    })
    const folder = folderWith({ '1.session': sessionNumber(1) })
    const { status, lastLine } = await run([folder, '--url', server.url, '--token', 'good', '--charts'])
    expect(status).toBe(1)
    expect(lastLine).toBe('Sent 0 sessions (0 tracks); skipped: 0; refused: 0; stopped: under-age, 1 file not tried.')
    expect(server.uploads).toEqual([])
  })

  it('goes on with a server that has no profile and no list yet', async () => {
    const server = await startDouble({
      fault: ({ url }) => (url.includes('/me/') ? { status: 404, code: 'not-found' } : undefined),
    })
    const folder = folderWith({ '1.session': sessionNumber(1) })
    const { status } = await run([folder, '--url', server.url, '--token', 'good', '--charts'])
    expect(status).toBe(0)
    expect(server.sent()).toEqual(['1'])
  })

  it('reads and reports in a dry run, and asks the server for nothing', async () => {
    const folder = folderWith({ '1.session': sessionNumber(1), 'list.csv': 'a,b' })
    const refuseAll = () => Promise.reject(new Error('the server was asked'))
    const { status, stdout } = await run([folder, join(folder, 'list.csv'), '--dry-run', '--charts'], refuseAll)
    expect(status).toBe(1)
    expect(stdout.replaceAll(`${folder}/`, '')).toBe(
      '1.session: session 1, 2020-09-13T12:43:20.000Z, 2 tracks, 2 played' +
        '; end-before-start 2 times, first at byte 68 (a play that ends before it starts: the end is left out)\n' +
        'list.csv: refused: not-a-serato-file\n' +
        'Would send 1 session (2 tracks); skipped: 0; refused: 1 (not-a-serato-file 1).\n',
    )
  })

  it('refuses what is no Serato file or cannot be read, by name and reason, and sends the others', async () => {
    const server = await startDouble()
    const folder = folderWith({ '1.session': sessionNumber(1), 'odd.session': 'no session', '2.session': session() })
    const missing = join(folder, 'missing.session')
    const { status, stderr, lastLine } = await run([folder, missing, '--url', server.url, '--token', 'good'])
    expect(status).toBe(1)
    expect(lastLine).toBe(
      'Sent 1 session (2 tracks); skipped: 1 (no-plays 1); refused: 2 (unreadable-file 1, not-a-serato-file 1).',
    )
    expect(stderr).toContain(`${missing}: refused: unreadable-file`)
    expect(stderr).toContain('odd.session: refused: not-a-serato-file')
  })

  it('sends what is whole of a damaged file, and says where it is damaged', async () => {
    const server = await startDouble()
    const folder = folderWith({ '1.session': sessionNumber(1, 3).subarray(0, -1) })
    const { status, stderr } = await run([folder, '--url', server.url, '--token', 'good'])
    expect(status).toBe(0)
    expect(stderr).toMatch(/1\.session: .*2 tracks.*chunk-cut-off at byte \d+/)
    expect([...server.stored.values()].map(({ tracks }) => tracks.length)).toEqual([2])
  })

  it('takes names and software of a history database, beside the sessions, above them or given', async () => {
    const history = (id: number, startedAt: number) =>
      bytesOf(version(), historyRecord({ 1: id, 41: `Night ${id}`, 43: startedAt, 57: 'Serato DJ Pro 2.4.1' }))
    const folder = folderWith({
      'a/1.session': sessionNumber(1),
      'a/history.database': history(1, 1_600_001_000),
      'b/Sessions/2.session': sessionNumber(2),
      'b/history.database': history(2, 1_600_002_000),
      'c/3.session': sessionNumber(3),
      'd/history.database': history(3, 1_600_003_000),
      'e/4.session': sessionNumber(4),
      'f/history.database': history(4, 1_500_000_000),
    })
    const server = await startDouble()
    await run([folder, '--url', server.url, '--token', 'good'])
    const names = [...server.stored.values()].map(({ name, software }) => [name, software?.version])
    // The last belongs to another computer: its session 4 was at another time.
    expect(names).toEqual([
      ['Night 1', '2.4.1'],
      ['Night 2', '2.4.1'],
      ['Night 3', '2.4.1'],
      [undefined, undefined],
    ])
  })

  it('knows a session again that was imported before its history database was there', async () => {
    const server = await startDouble()
    const folder = folderWith({ '1.session': sessionNumber(1) })
    await run([folder, '--url', server.url, '--token', 'good'])
    writeFileSync(join(folder, 'history.database'), bytesOf(version(), historyRecord({ 1: 1, 62: 'uuid-of-it' })))
    const { lastLine } = await run([folder, '--url', server.url, '--token', 'good'])
    expect(lastLine).toBe('Sent 0 sessions (0 tracks); skipped: 1 (unchanged 1); refused: 0.')
  })

  it('sends at most 50 sessions a request', async () => {
    const server = await startDouble()
    const files = Array.from({ length: 120 }, (_, id) => [`${id + 1}.session`, sessionNumber(id + 1)] as const)
    await run([folderWith(Object.fromEntries(files)), '--url', server.url, '--token', 'good'])
    expect(server.uploads.map(({ length }) => length)).toEqual([50, 50, 20])
  })

  it('halves a request that the server finds too large', async () => {
    const server = await startDouble({
      fault: ({ sessions }) => (sessions.length > 2 ? { status: 413, code: 'body-too-large' } : undefined),
    })
    const files = [1, 2, 3, 4, 5].map((id) => [`${id}.session`, sessionNumber(id)] as const)
    const { status } = await run([folderWith(Object.fromEntries(files)), '--url', server.url, '--token', 'good'])
    expect(status).toBe(0)
    expect(server.sent()).toEqual(['1', '2', '3', '4', '5'])
  })

  it('counts by code what the server refuses, and sends the others', async () => {
    const server = await startDouble({ reject: ({ id }) => (id === '2' ? 'bad-time' : undefined) })
    const folder = folderWith({ '1.session': sessionNumber(1), '2.session': sessionNumber(2) })
    const { status, stderr, lastLine } = await run([folder, '--url', server.url, '--token', 'good'])
    expect(status).toBe(1)
    expect(lastLine).toBe('Sent 1 session (2 tracks); skipped: 0; refused: 1 (bad-time 1).')
    expect(stderr).toContain('2.session: refused: bad-time (a detail)')
  })

  it('understands that not one was accepted', async () => {
    const server = await startDouble({ reject: () => 'bad-time' })
    const folder = folderWith({ '1.session': sessionNumber(1) })
    const { status, lastLine } = await run([folder, '--url', server.url, '--token', 'good'])
    expect(status).toBe(1)
    expect(lastLine).toBe('Sent 0 sessions (0 tracks); skipped: 0; refused: 1 (bad-time 1).')
  })

  it('waits as long as the server says, or ever longer, and tries again', async () => {
    const faults = [
      { status: 429, headers: { 'retry-after': '7' } },
      { status: 503 },
      { status: 503, headers: { 'retry-after': 'Thu, 01 Jan 1970 00:00:00 GMT' } },
      { status: 503 },
    ]
    const server = await startDouble({ fault: ({ method }) => (method === 'POST' ? faults.shift() : undefined) })
    const folder = folderWith({ '1.session': sessionNumber(1) })
    const { status, pausesMs } = await run([folder, '--url', server.url, '--token', 'good'])
    expect(status).toBe(0)
    expect(pausesMs).toEqual([7000, 1000, 0, 4000])
    expect(server.sent()).toEqual(['1'])
  })

  it('gives up on a server that does not come back, and says what was not tried', async () => {
    const server = await startDouble({ fault: ({ method }) => (method === 'POST' ? { status: 503 } : undefined) })
    const files = Array.from({ length: 60 }, (_, id) => [`${id + 1}.session`, sessionNumber(id + 1)] as const)
    const { status, lastLine } = await run([
      folderWith(Object.fromEntries(files)),
      '--url',
      server.url,
      '--token',
      'good',
    ])
    expect(status).toBe(1)
    expect(lastLine).toBe(
      'Sent 0 sessions (0 tracks); skipped: 0; refused: 50 (some-code 50); stopped: some-code, 10 files not tried.',
    )
    expect(server.requests.filter((request) => request.startsWith('POST'))).toHaveLength(7)
  })

  it('tries again when the network fails', async () => {
    const server = await startDouble()
    let failures = 3
    const flaky: typeof fetch = (...args) => (failures-- > 0 ? Promise.reject(new TypeError('reset')) : fetch(...args))
    const folder = folderWith({ '1.session': sessionNumber(1) })
    const { status, stderr } = await run([folder, '--url', server.url, '--token', 'good'], flaky)
    expect(status).toBe(0)
    expect(stderr).toContain(`no answer from ${server.url}; trying again in 0.5 s`)
  })

  it('stops at once when the token is no good', async () => {
    const server = await startDouble()
    const folder = folderWith({ '1.session': sessionNumber(1) })
    const { status, stderr, lastLine } = await run([folder, '--url', server.url, '--token', 'bad'])
    expect(status).toBe(1)
    expect(lastLine).toContain('stopped: unauthorized, 1 file not tried.')
    expect(server.requests).toHaveLength(1)
    expect(stderr).not.toContain('Bearer')
  })

  it('warns that http to another computer can be read on its way', async () => {
    const nowhere: typeof fetch = async () => new Response('{"code":"forbidden"}', { status: 403 })
    const argv = [folderWith({ '1.session': sessionNumber(1) }), '--token', 'good', '--url']
    expect((await run([...argv, 'http://tonearm.example/'], nowhere)).stderr).toContain('use https')
    expect((await run([...argv, 'https://tonearm.example/'], nowhere)).stderr).not.toContain('use https')
  })

  it.each([
    [[], 'no file is given'],
    [['a.session'], 'npm run -s token -- --sub NAME'],
    [['a.session', '--token', ''], '--token is missing'],
    [['a.session', '--token', 'x', '--url', 'ftp://x'], '--url must be'],
    [['a.session', '--nonsense'], '--nonsense'],
  ])('explains itself when called with %j', async (argv, words) => {
    const { status, stdout, stderr } = await run(argv)
    expect(status).toBe(2)
    expect(stderr).toContain(words)
    expect(stderr).toContain('Usage: npm run import')
    expect(stdout).toBe('')
  })

  it('shows a bar on a terminal, and keeps what should be read below it', async () => {
    const folder = folderWith({ '1.session': sessionNumber(1), 'odd.session': 'no session' })
    const server = await startDouble()
    const written: string[] = []
    const write = (text: string) => written.push(text)
    const terminal = { isTTY: true, columns: 80, write, cursorTo: () => {}, moveCursor: () => {}, clearLine: () => {} }
    await runImport([folder, '--url', server.url, '--token', 'good'], {
      stdout: { write: () => {} },
      stderr: terminal,
      fetch,
      sleep: async () => {},
      now: Date.now,
      random: () => 1,
    })
    const shown = written.join('')
    expect(shown).toContain('2/2 files')
    expect(shown).toMatch(/odd\.session: refused: not-a-serato-file\n$/)
  })
})
