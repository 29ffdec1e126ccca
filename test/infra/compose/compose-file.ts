/**
 * `infra/compose.yaml`, read as Compose reads it: merged, and with the values of variables that are not set.
 * @module
 */
import { readYaml } from '../infra-files.ts'

export interface ComposeService {
  readonly image: string
  readonly command?: readonly string[]
  readonly environment?: Readonly<Record<string, string | number>>
  readonly env_file?: readonly string[]
  readonly secrets?: readonly string[]
  readonly networks?: readonly string[]
  readonly volumes?: readonly string[]
  readonly ports?: readonly string[]
  readonly tmpfs?: readonly string[]
  readonly depends_on?: Readonly<Record<string, unknown>>
  readonly healthcheck?: { readonly test?: readonly string[]; readonly disable?: boolean }
  readonly read_only?: boolean
  readonly cap_drop?: readonly string[]
  readonly security_opt?: readonly string[]
  readonly stop_grace_period?: string
  readonly restart?: string
  readonly build?: { readonly context: string; readonly dockerfile: string }
  readonly deploy?: { readonly resources?: { readonly limits?: Readonly<Record<string, string | number>> } }
}

export interface ComposeFile {
  readonly services: Readonly<Record<string, ComposeService>>
  readonly networks: Readonly<Record<string, { readonly internal?: boolean }>>
  readonly secrets: Readonly<Record<string, { readonly file: string }>>
  readonly volumes: Readonly<Record<string, unknown>>
}

/** Held against the schema of Compose by a test. */
export const compose = readYaml('compose.yaml')[0] as ComposeFile

export function composeService(name: string): ComposeService {
  const service = compose.services[name]
  if (service === undefined) throw new Error(`compose.yaml has no service ${name}`)
  return service
}

/** A service's environment. Of a variable that has to be given, the name stands for the value. */
export function environmentOf(name: string): Readonly<Record<string, string>> {
  const entries = Object.entries(composeService(name).environment ?? {})
  return Object.fromEntries(entries.map(([setting, value]) => [setting, interpolate(String(value))]))
}

export function interpolate(text: string): string {
  return text.replace(/\$\{(\w+)(?::([-?])([^}]*))?\}/g, (_all, name: string, kind?: string, rest?: string) =>
    kind === '-' ? (rest ?? '') : name,
  )
}
