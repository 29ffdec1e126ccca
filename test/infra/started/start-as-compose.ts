/**
 * The services as the containers of compose.yaml start them, each in a process: with its command, its environment and its
 * file of secrets. Brokers and store are away, as at the first start, and there is no folder to write to.
 * @module
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll } from 'vitest'
import { makeSecrets } from '../../../infra/make-secrets.ts'
import { waitFor } from '../../support/wait-for.ts'
import { composeService, environmentOf } from '../compose/compose-file.ts'
import { readInfra } from '../infra-files.ts'
import type { Service } from '../services.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const START_MS_MAX = 60_000
/** Nobody listens there. */
const AWAY = '127.0.0.1:1'
const NO_FOLDER = '/proc/no-such-folder'

export interface StartedService {
  readonly address: string
  readonly environment: Readonly<Record<string, string>>
  /** Asks it to end as an orchestrator does; resolves with its status. */
  stop(): Promise<number | null>
}

const folders: string[] = []
const children = new Set<ChildProcess>()

afterAll(async () => {
  const gone = [...children].map((child) => new Promise((resolve) => child.once('close', resolve)))
  for (const child of children) child.kill('SIGKILL')
  await Promise.all(gone)
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

/** Where the secrets are on this machine, that containers have under `/run/secrets`. */
export function secretsFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tonearm-secrets-'))
  folders.push(folder)
  makeSecrets(folder)
  return folder
}

/** The environment that the image gives to every container. */
export function imageEnvironment(): Record<string, string> {
  const text = readInfra('docker/Dockerfile').replace(/\\\n/g, ' ')
  const pairs = [...text.matchAll(/^ENV (.+)$/gm)].flatMap(([, line = '']) => line.trim().split(/\s+/))
  return Object.fromEntries(pairs.map((pair) => pair.split('=') as [string, string]))
}

/** Starts it; resolves once it serves, which it does before anything that it depends on has answered. */
export async function startAsCompose(name: Service, secrets: string): Promise<StartedService> {
  const environment: Record<string, string> = {
    ...imageEnvironment(),
    ...environmentOf(name),
    HOST: '127.0.0.1',
    PORT: '0',
    TMPDIR: NO_FOLDER,
    CLICKHOUSE_URL: `http://${AWAY}`,
    ...(environmentOf(name)['KAFKA_BROKERS'] === undefined ? {} : { KAFKA_BROKERS: AWAY }),
    ...(environmentOf(name)['AUTH_JWKS_URL'] === undefined ? {} : { AUTH_JWKS_URL: `https://${AWAY}/keys` }),
    ...(environmentOf(name)['MASTER_KEY_FILE'] === undefined ? {} : { MASTER_KEY_FILE: join(secrets, 'master.key') }),
  }
  const [envFile = '', file = ''] = composeService(name).command ?? []
  const args = ['--import', 'tsx', `${envFile.replace('/run/secrets', secrets)}.env`, file]
  const child = spawn(process.execPath, args, { cwd: root, env: environment, stdio: ['ignore', 'pipe', 'pipe'] })
  children.add(child)
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-20_000)
    })
  }
  const ended = new Promise<number | null>((resolve) => {
    child.once('close', (status) => {
      children.delete(child)
      resolve(status)
    })
  })
  const address = await waitFor(
    `the address of ${name}`,
    () => {
      if (child.exitCode !== null) throw new Error(`${name} ended with ${child.exitCode}: ${output}`)
      return /^Tonearm \w+ serves at (http:\S+)$/m.exec(output)?.[1]
    },
    START_MS_MAX,
  )
  return {
    address,
    environment,
    stop() {
      child.kill('SIGTERM')
      return ended
    },
  }
}
