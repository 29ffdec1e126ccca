/**
 * The store of a process that shares it with others: the ClickHouse server of its settings.
 * @module
 */
import { TonearmError } from '../errors/tonearm-error.ts'
import { openHttpStore } from '../store/http-store.ts'
import type { Store } from '../store/store.ts'
import type { CloseStack } from './close-stack.ts'

export interface ClickhouseSettings {
  readonly CLICKHOUSE_URL?: string
  readonly CLICKHOUSE_USER: string
  readonly CLICKHOUSE_PASSWORD?: string
  readonly CLICKHOUSE_CLUSTER?: string
}

/** The address of the server, `undefined` where none is set. Throws `config-invalid` where it is none. */
export function readClickhouseUrl({
  CLICKHOUSE_URL: text,
}: Pick<ClickhouseSettings, 'CLICKHOUSE_URL'>): string | undefined {
  if (text === undefined) return undefined
  const url = URL.canParse(text) ? new URL(text) : undefined
  const isHttp = url?.protocol === 'http:' || url?.protocol === 'https:'
  // A password in an address would stand where addresses do: in the output of `--check-config`, and in errors.
  if (!isHttp || url.username !== '' || url.password !== '') {
    throw new TonearmError('config-invalid', 'CLICKHOUSE_URL: must be an http or https address, without a user name')
  }
  return text
}

/** Nothing is connected before its first use. Throws `config-invalid` where the settings cannot be used. */
export function openServiceStore(config: ClickhouseSettings, opened: CloseStack): Store {
  const { CLICKHOUSE_USER: user, CLICKHOUSE_PASSWORD: password, CLICKHOUSE_CLUSTER: cluster } = config
  const url = readClickhouseUrl(config)
  if (url === undefined) throw new TonearmError('config-invalid', 'CLICKHOUSE_URL: missing')
  const store = openHttpStore({
    url,
    user,
    ...(password === undefined ? {} : { password }),
    ...(cluster === undefined ? {} : { cluster }),
  })
  opened.push(() => store.close())
  return store
}
