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

/** Nothing is connected before its first use. Throws `config-invalid` where the settings cannot be used. */
export function openServiceStore(config: ClickhouseSettings, opened: CloseStack): Store {
  const {
    CLICKHOUSE_URL: url,
    CLICKHOUSE_USER: user,
    CLICKHOUSE_PASSWORD: password,
    CLICKHOUSE_CLUSTER: cluster,
  } = config
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
