/**
 * The services as processes of their own, over a broker and a ClickHouse server, behind one address.
 * @module
 */
import { afterAll } from 'vitest'
import type { Scope } from '#platform/http/access.ts'
import { issueToken, readLocalKey } from '#platform/keys/local-tokens.ts'
import { createPseudonyms, type RotatingPseudonyms } from '#platform/keys/pseudonyms.ts'
import { type ApiClient, createApiClient } from './api-client.ts'
import { type Gateway, type RoutedService, startGateway } from './gateway.ts'
import {
  BUSY_MS_MAX,
  type Ended,
  newDataDir,
  type RunningProgram,
  runProgram,
  startProgram,
  stopServer,
} from './start-server.ts'
import { waitFor } from './wait-for.ts'

export type ServiceName = RoutedService | 'ingest' | 'privacy'

const gateways = new Set<Gateway>()
afterAll(async () => {
  for (const gateway of gateways) await gateway.close()
})

/** A service in a process, which may be killed and started again. */
export interface RunningService {
  readonly name: ServiceName
  /** Of the process that runs now. */
  address(): string
  stderr(): string
  /** What `/readyz` says: `undefined` where it answers nothing. */
  readiness(): Promise<{ status: number; checks: Record<string, string> } | undefined>
  /** The value of one line of `/metrics`, by its name with its labels: `tonearm_lease_held{lease="charts"}`; 0 where it has none. */
  metric(name: string): Promise<number>
  /** SIGSTOP makes it stand still, SIGCONT go on. */
  signal(name: 'SIGSTOP' | 'SIGCONT'): void
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>
  stop(): Promise<Ended>
  /** Starts it again; resolves when it serves. */
  restart(args?: readonly string[]): Promise<void>
}

export interface Services {
  /** Where all public routes are. */
  readonly address: string
  readonly masterKey: Buffer
  /** Of owners and sessions. */
  readonly pseudonyms: RotatingPseudonyms
  readonly dataDir: string
  /** Starts one more; resolves when it serves. */
  start(name: ServiceName, args?: readonly string[]): Promise<RunningService>
  /** Starts one of each; resolves when all are ready. */
  startReady<Names extends readonly ServiceName[]>(
    ...names: Names
  ): Promise<{ readonly [Place in keyof Names]: RunningService }>
  /** Starts one that is to end by itself; resolves when it has. */
  startRefused(name: ServiceName, args?: readonly string[]): Promise<Ended & { readonly stderr: string }>
  /** Waits until each is ready. */
  ready(...services: readonly RunningService[]): Promise<void>
  api(account?: string, ...scopes: readonly Scope[]): Promise<ApiClient>
}

export async function openServices(options: {
  readonly brokers: string
  readonly clickhouseUrl: string
  readonly settings?: Readonly<Record<string, string>>
}): Promise<Services> {
  const dataDir = newDataDir()
  const masterKey = Buffer.alloc(32, 7)
  const tokenKey = await readLocalKey(dataDir)
  const environment = {
    DATA_DIR: dataDir,
    MASTER_KEY: masterKey.toString('base64'),
    KAFKA_BROKERS: options.brokers,
    CLICKHOUSE_URL: options.clickhouseUrl,
    PORT: '0',
    LOG_LEVEL: 'warn',
    ...options.settings,
  }
  const newest = new Map<ServiceName, RunningService>()
  const gateway = await startGateway((name) => newest.get(name)?.address() ?? 'http://127.0.0.1:1')
  gateways.add(gateway)

  const services: Services = {
    address: gateway.address,
    masterKey,
    pseudonyms: createPseudonyms(masterKey),
    dataDir,
    async start(name, args = []) {
      const service = await startService(name, args, environment)
      newest.set(name, service)
      return service
    },
    async startReady<Names extends readonly ServiceName[]>(...names: Names) {
      const started = await Promise.all(names.map((name) => services.start(name)))
      await services.ready(...started)
      // One for each name, in their order.
      return started as { readonly [Place in keyof Names]: RunningService }
    },
    startRefused: (name, args = []) => runProgram('services/service.ts', [name, ...args], environment),
    async ready(...services) {
      for (const service of services) {
        const isReady = async () => (await service.readiness())?.status === 200
        await waitFor(`the service ${service.name} to be ready`, isReady, BUSY_MS_MAX)
      }
    },
    async api(account, ...scopes) {
      if (account === undefined) return createApiClient(gateway.address)
      const token = await issueToken(tokenKey, account, scopes.length === 0 ? ['dj'] : scopes)
      return createApiClient(gateway.address, token)
    },
  }
  return services
}

async function startService(
  name: ServiceName,
  firstArgs: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<RunningService> {
  let program: RunningProgram
  let address = ''

  async function begin(args: readonly string[]): Promise<void> {
    program = startProgram('services/service.ts', [name, ...args], environment)
    let early: Ended | undefined
    void program.ended.then((end) => {
      early = end
    })
    const answer = () => {
      if (early !== undefined) throw new Error(`${name} ended with ${early.status}: ${program.stderr()}`)
      return /^Tonearm \w+ serves at (https?:\S+)$/m.exec(program.stdout())?.[1]
    }
    address = await waitFor(`the address of ${name}`, answer, BUSY_MS_MAX)
  }

  await begin(firstArgs)
  return {
    name,
    address: () => address,
    stderr: () => program.stderr(),
    async readiness() {
      const answer = await fetch(new URL('/readyz', address)).catch(() => undefined)
      if (answer === undefined) return undefined
      const { checks } = (await answer.json()) as { checks: Record<string, string> } // as `operations-routes.ts` answers
      return { status: answer.status, checks }
    },
    async metric(wanted) {
      const lines = (await (await fetch(new URL('/metrics', address))).text()).split('\n')
      const line = lines.find((one) => one.startsWith(`${wanted} `))
      return line === undefined ? 0 : Number(line.slice(wanted.length))
    },
    signal: (signal) => program.signal(signal),
    async kill() {
      await stopServer(program, 'SIGKILL')
    },
    stop: () => stopServer(program),
    restart: (args = []) => begin(args),
  }
}
