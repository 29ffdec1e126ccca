import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { Kafka, logLevel } from 'kafkajs'
import { describe, expect, it } from 'vitest'
import { without } from '../support/optional-parts.ts'
import { BUSY_MS_MAX, newDataDir, type RunningProgram, runProgram, startProgram } from '../support/start-server.ts'
import { waitFor } from '../support/wait-for.ts'

const file = 'infra/kafka/dev/main.ts'

const addressOf = ({ stdout }: RunningProgram) => /^Kafka serves at (\S+)$/m.exec(stdout())?.[1]

async function startDev(...args: readonly string[]): Promise<RunningProgram & { readonly address: string }> {
  const program = startProgram(file, args)
  let isOver = false
  void program.ended.then(() => {
    isOver = true
  })
  const address = await waitFor(
    'the address of the broker',
    () => {
      if (isOver) throw new Error(`it ended: ${program.stderr()}`)
      return addressOf(program)
    },
    BUSY_MS_MAX,
  )
  return { ...program, address }
}

async function partitionsOf(address: string): Promise<Record<string, number>> {
  const admin = new Kafka({ brokers: [address], logLevel: logLevel.NOTHING, retry: { retries: 0 } }).admin()
  try {
    await admin.connect()
    const { topics } = await admin.fetchTopicMetadata()
    return Object.fromEntries(topics.map(({ name, partitions }) => [name, partitions.length]))
  } finally {
    await admin.disconnect()
  }
}

const isGone = (address: string) =>
  partitionsOf(address).then(
    () => false,
    () => true,
  )

/** The process of the broker: the child of the program that is Java. */
function javaOf({ pid }: RunningProgram): number {
  const processes = execFileSync('ps', ['-A', '-o', 'pid=', '-o', 'ppid=', '-o', 'comm=']).toString().split('\n')
  const fields = processes.map((line) => line.trim().split(/\s+/))
  return Number(fields.find(([, parent, command]) => Number(parent) === pid && command?.endsWith('java'))?.[0])
}

async function isOpen(host: string, port: number): Promise<boolean> {
  const socket = connect({ host, port, timeout: 5_000 })
  try {
    return await new Promise((resolve) => {
      socket.once('connect', () => resolve(true))
      socket.once('timeout', () => resolve(false))
      socket.once('error', () => resolve(false))
    })
  } finally {
    socket.destroy()
  }
}

describe.skipIf(without('kafka'))('npm run kafka:dev', () => {
  it('says where it serves, with the topics in it, and ends with its broker in order', async () => {
    const folder = newDataDir()
    const dev = await startDev('--folder', folder, '--partitions', '2')
    expect(dev.stdout()).toBe(`Kafka serves at ${dev.address}\n`)
    expect(await partitionsOf(dev.address)).toEqual({
      'account-events': 2,
      'account-events.dead': 1,
      'erasure-ledger': 1,
    })

    dev.signal('SIGTERM')
    expect(await dev.ended).toEqual({ status: 0, signal: null })
    expect(await isGone(dev.address)).toBe(true)
    expect(dev.stderr()).toBe('')
  })

  it('goes on in a folder with the partitions that it has, and refuses another number of them', async () => {
    const folder = newDataDir()
    const first = await startDev('--folder', folder, '--partitions', '2')
    first.signal('SIGINT')
    await first.ended
    const { status, stderr } = await runProgram(file, ['--folder', folder, '--partitions', '3'])
    expect(stderr).toMatch(/^config-invalid: account-events has 2 partitions and not 3: .*"Repartitioning"\n$/)
    expect(status).toBe(2)

    const second = await startDev('--folder', folder)
    expect(await partitionsOf(second.address)).toMatchObject({ 'account-events': 2 })
  })

  it('makes no topics where none are wanted', async () => {
    const dev = await startDev('--folder', newDataDir(), '--no-topics')
    expect(await partitionsOf(dev.address)).toEqual({})
  })

  it('leaves no broker behind when it is killed', async () => {
    const dev = await startDev('--folder', newDataDir(), '--no-topics')
    dev.signal('SIGKILL')
    await waitFor('the end of the broker', () => isGone(dev.address), BUSY_MS_MAX)
  })

  it('ends, and says so, when its broker is killed', async () => {
    const dev = await startDev('--folder', newDataDir(), '--no-topics')
    process.kill(javaOf(dev), 'SIGKILL')
    expect(await dev.ended).toEqual({ status: 2, signal: null })
    expect(dev.stderr()).toBe('log-unavailable: the broker ended with SIGKILL\n')
  })

  it('says in one line that the port, or the folder, is taken', async () => {
    const folder = newDataDir()
    const dev = await startDev('--folder', folder, '--no-topics')
    const port = dev.address.split(':')[1] ?? ''
    const onThePort = await runProgram(file, ['--folder', newDataDir(), '--port', port])
    expect(onThePort.stderr).toBe(`log-unavailable: the port ${port} is taken\n`)
    const inTheFolder = await runProgram(file, ['--folder', folder])
    expect(inTheFolder.stderr).toMatch(
      /^log-unavailable: the broker did not start, [^\n]*Failed to acquire lock[^\n]*\n$/,
    )
  })

  it('says in one line that Java is not there', async () => {
    const { status, stderr } = await runProgram(file, ['--folder', newDataDir()], { PATH: '/nowhere' })
    expect(stderr).toBe('log-unavailable: Java (java) is not there\n')
    expect(status).toBe(2)
  })

  it('listens at 127.0.0.1 only, with its controller too', async () => {
    const folder = newDataDir()
    await startDev('--folder', folder, '--no-topics')
    const listeners = /^listeners=(.*)$/m.exec(readFileSync(join(folder, 'server.properties'), 'utf8'))?.[1] ?? ''
    const ports = [...listeners.matchAll(/:(\d+)/g)].map(([, port]) => Number(port))
    expect(await Promise.all(ports.map((port) => isOpen('127.0.0.1', port)))).toEqual([true, true])
    // Another address of this machine, at which whoever listens everywhere would answer.
    expect(await Promise.all(ports.map((port) => isOpen('127.0.0.2', port)))).toEqual([false, false])
  })
})
