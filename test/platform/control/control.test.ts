import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, statSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { callControl } from '#platform/control/call-control.ts'
import { type ControlOperations, createControlServer } from '#platform/control/control-server.ts'
import { controlSocketPath } from '#platform/control/control-socket.ts'
import { TonearmError } from '#platform/errors/tonearm-error.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { waitFor } from '../../support/wait-for.ts'

async function listen(dataDir: string, operations: ControlOperations) {
  const logged: object[] = []
  const logger = { error: (fields: object) => void logged.push(fields) }
  const server = await createControlServer({ dataDir, operations, logger })
  onTestFinished(() => server.close())
  return { server, logged }
}

it('does what a command asks for, and tells how far it is', async () => {
  const dataDir = temporaryFolder()
  await listen(dataDir, {
    add: async (params, progress) => {
      progress({ step: 'adding', done: 1 })
      progress({ step: 'adding', done: 2 })
      const { a, b } = params as { a: number; b: number }
      return { sum: a + b }
    },
  })
  const news: unknown[] = []
  const answer = await callControl(dataDir, 'add', { a: 2, b: 3 }, (line) => news.push(line))
  expect(answer).toEqual({ isRunning: true, result: { sum: 5 } })
  expect(news).toEqual([
    { step: 'adding', done: 1 },
    { step: 'adding', done: 2 },
  ])
})

it('tells a command that no service runs', async () => {
  expect(await callControl(temporaryFolder(), 'add')).toEqual({ isRunning: false })
  expect(await callControl(join(temporaryFolder(), 'not-there'), 'add')).toEqual({ isRunning: false })
})

it('hands over an error of the operation with its code, and of a defect nothing but that it was one', async () => {
  const dataDir = temporaryFolder()
  const { logged } = await listen(dataDir, {
    refused: () => Promise.reject(new TonearmError('busy', 'a rotation is under way')),
    broken: () => Promise.reject(new Error('text with the data of a DJ')),
  })
  await expect(callControl(dataDir, 'refused')).rejects.toMatchObject({
    code: 'busy',
    message: 'a rotation is under way',
  })
  await expect(callControl(dataDir, 'broken')).rejects.toMatchObject({
    code: 'command-failed',
    message: 'the running service met a defect',
  })
  expect(logged).toEqual([{ operation: 'broken', error: 'Error' }])
})

it('refuses an operation that it does not have', async () => {
  const dataDir = temporaryFolder()
  await listen(dataDir, {})
  for (const name of ['nothing', 'toString', '__proto__']) {
    await expect(callControl(dataDir, name)).rejects.toMatchObject({ code: 'command-failed' })
  }
})

it('can be reached by the user that runs the service, and by nobody else', async () => {
  const dataDir = temporaryFolder()
  chmodSync(dataDir, 0o777)
  await listen(dataDir, {})
  const socket = controlSocketPath(dataDir)
  expect(statSync(socket).mode & 0o777).toBe(0o600)
  expect(statSync(dirname(socket)).mode & 0o777).toBe(0o700)
})

it('lies beside other temporary files where the path of the data folder is too long for a socket', async () => {
  const dataDir = join(temporaryFolder(), 'a'.repeat(120))
  mkdirSync(dataDir)
  const link = join(temporaryFolder(), 'link')
  symlinkSync(dataDir, link)
  const socket = controlSocketPath(dataDir)
  expect(Buffer.byteLength(socket)).toBeLessThan(100)
  await listen(dataDir, { ping: async () => 'pong' })
  expect(statSync(dirname(socket)).mode & 0o777).toBe(0o700)
  expect(await callControl(link, 'ping')).toEqual({ isRunning: true, result: 'pong' })
})

it('takes the place of a socket that a killed process left', async () => {
  const dataDir = temporaryFolder()
  const socket = controlSocketPath(dataDir)
  mkdirSync(dirname(socket))
  const dies = `require('node:net').createServer().listen(${JSON.stringify(socket)}, () => process.kill(process.pid, 'SIGKILL'))`
  expect(() => execFileSync(process.execPath, ['-e', dies])).toThrow()
  expect(existsSync(socket)).toBe(true)
  expect(await callControl(dataDir, 'ping')).toEqual({ isRunning: false })

  await listen(dataDir, { ping: async () => 'pong' })
  expect(await callControl(dataDir, 'ping')).toEqual({ isRunning: true, result: 'pong' })
})

it('tells operations to end when the service ends, and leaves no socket', async () => {
  const dataDir = temporaryFolder()
  const { server } = await listen(dataDir, {
    wait: (_, progress, signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(new TonearmError('command-failed', 'the service ends')))
        progress({ step: 'waiting' })
      }),
  })
  let isWaiting = false
  const call = callControl(dataDir, 'wait', {}, () => {
    isWaiting = true
  })
  call.catch(() => undefined)
  await waitFor('the operation', () => isWaiting)
  await server.close()
  await expect(call).rejects.toMatchObject({ code: 'command-failed', message: 'the service ends' })
  expect(existsSync(controlSocketPath(dataDir))).toBe(false)
})

it('tells a command that the service was killed before it was done', async () => {
  const dataDir = temporaryFolder()
  const socket = controlSocketPath(dataDir)
  mkdirSync(dirname(socket))
  const dies = `require('node:http').createServer((_, response) => {
    response.write('{"progress":{"step":"copying"}}\\n{"res', () => setTimeout(() => process.kill(process.pid, 'SIGKILL'), 50))
  }).listen(${JSON.stringify(socket)}, () => console.log('listens'))`
  const child = spawn(process.execPath, ['-e', dies], { stdio: ['ignore', 'pipe', 'inherit'] })
  await new Promise((resolve) => child.stdout.once('data', resolve))
  await expect(callControl(dataDir, 'rotate')).rejects.toMatchObject({
    code: 'command-failed',
    message: 'the service ended before it was done',
  })
})
