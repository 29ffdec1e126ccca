/**
 * Reads the settings of a service from the environment, once.
 *
 * @example
 * const { config } = readConfig(Type.Object({ ...serverSettings }), process.env)
 * @module
 */
import type { Static, TObject } from 'typebox'
import { Compile } from 'typebox/compile'
import Value from 'typebox/value'
import { TonearmError } from '../errors/tonearm-error.ts'
import { allSettings } from './settings.ts'

/** A setting as `--check-config` prints it. */
export interface SettingReport {
  readonly name: string
  /** Masked where it is secret, absent where it is not set and has no default. */
  readonly value: string | undefined
  readonly source: 'environment' | 'default' | 'not set'
}

export interface ReadConfig<Schema extends TObject> {
  readonly config: Static<Schema>
  readonly report: readonly SettingReport[]
}

/** Names with these beginnings are ours: one that is not in the catalogue is a slip of the pen. */
const ownPrefixes = [
  ...[
    'CHART_',
    'CHARTS_',
    'ANALYTICS_',
    'UPLOADS_',
    'TAKE_BACK_',
    'MASTER_KEY',
    'BACKUP_',
    'ERASURE_',
    'KAFKA_',
    'CLICKHOUSE_',
  ],
  ...[
    'TLS_CERT',
    'TLS_KEY',
    'AUTH_JWKS',
    'OIDC_',
    'LOG_RETENTION',
    'SESSION_RETENTION',
    'RETENTION_',
    'AUDIT_RETENTION',
  ],
]

/** Throws `config-invalid`, in one line that names the setting, for an unknown name of ours or an unusable value. */
export function readConfig<Schema extends TObject>(
  schema: Schema,
  environment: Record<string, string | undefined>,
): ReadConfig<Schema> {
  const names = Object.keys(schema.properties)
  refuseUnknownNames(environment)
  const given = Object.fromEntries(
    names.flatMap((name) =>
      environment[name] === undefined || environment[name] === '' ? [] : [[name, environment[name]]],
    ),
  )
  const values = Value.Default(
    schema,
    Object.fromEntries(Object.entries(given).map(([name, text]) => [name, toValue(schema, name, text ?? '')])),
  )
  const validator = Compile(schema)
  if (!validator.Check(values)) {
    const [error] = validator.Errors(values)
    const name = error?.instancePath.split('/')[1] ?? 'settings'
    throw new TonearmError('config-invalid', `${name}: ${error?.message ?? 'unusable value'}`)
  }
  const report = names.map((name) => reportOf(name, values as Record<string, unknown>, given, schema))
  return { config: values, report }
}

/** Only what is written as a number is one: `true` and `80.5x` stay texts, which the schema then refuses. */
function toValue(schema: TObject, name: string, text: string): string | number {
  const { type } = (schema.properties[name] ?? {}) as { type?: unknown } // JSON Schema
  const isNumber = (type === 'integer' || type === 'number') && /^-?\d+(\.\d+)?$/.test(text)
  return isNumber ? Number(text) : text
}

function refuseUnknownNames(environment: Record<string, string | undefined>): void {
  for (const name of Object.keys(environment)) {
    if (environment[name] === undefined || environment[name] === '' || name in allSettings) continue
    if (ownPrefixes.some((prefix) => name.startsWith(prefix))) {
      throw new TonearmError('config-invalid', `${name}: there is no such setting`)
    }
  }
}

function reportOf(
  name: string,
  values: Record<string, unknown>,
  given: Record<string, unknown>,
  schema: TObject,
): SettingReport {
  const value = values[name]
  const source = name in given ? 'environment' : value === undefined ? 'not set' : 'default'
  const isSecret = schema.properties[name] !== undefined && 'secret' in schema.properties[name]
  return { name, value: value === undefined ? undefined : isSecret ? '********' : String(value), source }
}
